import type { RetirementFile, RetirementLinks } from './retirement-file.ts';

/** The header fields that announce the end of the old API. */
export interface RetirementFields {
  /** A date as a structured field (RFC 9745). */
  readonly Deprecation?: string;
  /** An HTTP date (RFC 8594). */
  readonly Sunset?: string;
  /** The values of Link (RFC 8288). */
  readonly Link?: readonly string[];
}

/** Write the header fields of a retirement file. */
export function retirementFields({ deprecation, sunset, links }: RetirementFile): RetirementFields {
  const values = relations.flatMap((relation) => {
    const url = links[relation];
    return url === undefined
      ? []
      : [`<${url}>; rel="${relation}"${relation === 'successor-version' ? '' : '; type="text/html"'}`];
  });
  return {
    ...(deprecation !== undefined && { Deprecation: `@${Math.floor(deprecation / 1000)}` }),
    ...(sunset !== undefined && { Sunset: new Date(sunset).toUTCString() }),
    ...(values.length > 0 && { Link: values }),
  };
}

const relations = ['deprecation', 'sunset', 'successor-version'] as const satisfies readonly (keyof RetirementLinks)[];

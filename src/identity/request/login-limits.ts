import { refusedMember } from '../faults/refusals.ts';

/** The limits of the texts of a login, in characters. */
export interface LoginLimits {
  /** Names and ids of users and projects. */
  readonly name: number;
  readonly password: number;
  readonly token: number;
}

/** The limits of legacy Keystone; but the tokens of today's clouds are longer than its 8192 characters. */
export const legacyLimits: LoginLimits = { name: 64, password: 4096, token: 16_384 };

/** A text of a login with a limit: the name of its member in the fault, its value, and the name of its limit. */
export type LimitedText = readonly [attribute: string, value: string | null | undefined, limit: keyof LoginLimits];

/**
 * Check the lengths of texts, in their order.
 * @throws {Fault} 400 with legacy Keystone's message for the first that is longer than its limit
 */
export function checkSizes(texts: readonly LimitedText[], limits: LoginLimits): void {
  for (const [attribute, value, limit] of texts) {
    const most = limits[limit];
    if (value !== null && value !== undefined && isLongerThan(value, most)) {
      throw refusedMember(attribute, tooLarge(attribute, most));
    }
  }
}

/** Compare the number of code points, which `length` is never less than. */
function isLongerThan(text: string, most: number): boolean {
  return text.length > most && text.length - (text.match(surrogatePairs)?.length ?? 0) > most;
}

const surrogatePairs = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

function tooLarge(attribute: string, most: number): string {
  return (
    `Request attribute ${attribute} must be less than or equal to ${most}. The server could not comply with the request ` +
    'because the attribute size is invalid (too large). The client is assumed to be in error.'
  );
}

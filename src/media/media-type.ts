/** The media types of the legacy API, the most preferred first. */
export const mediaTypes = [
  'application/json',
  'application/vnd.openstack.compute+json',
  'application/xml',
  'application/vnd.openstack.compute+xml',
] as const;

/** A media type of the legacy API. */
export type MediaType = (typeof mediaTypes)[number];

/** The name of each media type's codec. */
export const codecOf = {
  'application/json': 'json',
  'application/vnd.openstack.compute+json': 'json',
  'application/xml': 'xml',
  'application/vnd.openstack.compute+xml': 'xml',
} as const satisfies Record<MediaType, string>;

/** Other names of a media type in requests. */
const synonyms: ReadonlyMap<string, MediaType> = new Map([['text/xml', 'application/xml']]);

/** Read a Content-Type, in any case and without its parameters; `text/xml` counts as application/xml. Undefined for any other type. */
export function readMediaType(contentType: string | undefined): MediaType | undefined {
  if (contentType === undefined) return undefined;
  const exact = mediaTypes.find((type) => type === contentType);
  if (exact !== undefined) return exact;
  const essence = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return mediaTypes.find((type) => type === essence) ?? synonyms.get(essence);
}

const xmlType = /^\s*[\w.+-]+\/(?:[\w.+-]+\+)?xml\s*(?:;|$)/i;

/** Check for any media type of XML, also one that the legacy API did not know, such as `application/atom+xml`. */
export function isXmlType(contentType: string | undefined): boolean {
  // Nearly all callers write the type in this form, which is found faster without the expression.
  return contentType === 'application/xml' || (contentType !== undefined && xmlType.test(contentType));
}

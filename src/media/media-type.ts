/** The media types of the legacy API, in its order of preference. */
export const mediaTypes = [
  'application/json',
  'application/vnd.openstack.compute+json',
  'application/xml',
  'application/vnd.openstack.compute+xml',
] as const;

/** A media type that an answer can have. */
export type MediaType = (typeof mediaTypes)[number];

/** Which codec writes and reads each. */
export const codecOf = {
  'application/json': 'json',
  'application/vnd.openstack.compute+json': 'json',
  'application/xml': 'xml',
  'application/vnd.openstack.compute+xml': 'xml',
} as const satisfies Record<MediaType, string>;

/** What else names a type in a request. */
const synonyms: ReadonlyMap<string, MediaType> = new Map([['text/xml', 'application/xml']]);

/** The type that a Content-Type names, in any case, its parameters ignored, text/xml for application/xml; undefined for any other. */
export function readMediaType(contentType: string | undefined): MediaType | undefined {
  if (contentType === undefined) return undefined;
  const exact = mediaTypes.find((type) => type === contentType);
  if (exact !== undefined) return exact;
  const essence = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return mediaTypes.find((type) => type === essence) ?? synonyms.get(essence);
}

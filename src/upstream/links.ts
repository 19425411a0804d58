/** How links are made to point at the gateway. */
export interface LinkBase {
  /** The gateway's URL as the caller knows it, without a trailing slash. */
  readonly publicUrl: string;
  /** The version prefix that the caller used, such as `v1.1`. */
  readonly version: string;
  /** The path in front of the version at the cloud, '' for none. */
  readonly cloudPath: string;
}

/** A URL, however badly built: `https://None/v2/...` is one. */
const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)?$/i;
const versioned = /\/v\d+(?:\.\d+)?(?=\/|$)/;

/** A cloud's link as one to the gateway: the same path below the version, the caller's version where it has one. */
export function gatewayLink(href: string, { publicUrl, version, cloudPath }: LinkBase): string {
  const path = absolute.exec(href)?.[1] ?? (href.startsWith('/') ? href : '');
  const found = versioned.exec(path);
  if (found !== null) return `${publicUrl}/${version}${path.slice(found.index + found[0].length)}`;
  return publicUrl + (cloudPath !== '' && path.startsWith(`${cloudPath}/`) ? path.slice(cloudPath.length) : path);
}

/** Points every link of a document at the gateway; changes the document. */
export function relink(document: unknown, base: LinkBase): void {
  if (typeof document !== 'object' || document === null) return;
  for (const [key, value] of Object.entries(document)) {
    if (key === 'links' && Array.isArray(value)) value.forEach((link) => relinkOne(link, base));
    else relink(value, base);
  }
}

function relinkOne(link: unknown, base: LinkBase): void {
  if (typeof link !== 'object' || link === null || !('href' in link) || typeof link.href !== 'string') return;
  link.href = gatewayLink(link.href, base);
}

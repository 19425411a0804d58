import { regionName, type RegionSettings } from '../settings/regions/regions.ts';
import { refuse, warn } from './combination.ts';
import { isOwnAddress } from './own-address.ts';

type Regions = Readonly<Record<string, RegionSettings>>;

function some(regions: Regions, isFound: (region: RegionSettings) => boolean): boolean {
  return Object.values(regions).some(isFound);
}

function hostOf(url: string): string | undefined {
  return url === '' ? undefined : new URL(url).hostname;
}

/** Several regions: their names, their host names, and the addresses of the gateway itself. */
export const regionCombinations = [
  refuse(
    ['identity.region', 'regions', 'upstream.url'],
    (home, regions) => Object.hasOwn(regions, home),
    '{identity.region=}, and {regions} has a region of that name; {identity.region} is the region of {upstream.url}: remove it from {regions}, or correct one of the names.',
  ),
  refuse(
    ['identity.region', 'regions'],
    (home, regions) => some(regions, () => true) && home !== '' && !regionName.test(home),
    '{identity.region=}, and {regions} is set; with several regions the name of each is the segment of a path: use letters, digits, _, - and . only, and no version such as v2.',
  ),
  refuse(
    ['regions', 'identity.url', 'identity.region', 'upstream.url'],
    (regions, url, home) => some(regions, () => true) && url !== '' && home === '',
    '{regions} and {identity.url} are set, and {identity.region} is not; the catalogue of a login names every region: set {identity.region} to the name of the region of {upstream.url}.',
  ),
  refuse(
    ['regions', 'public.url'],
    (regions, url) => url === '' && some(regions, ({ publicUrl }) => publicUrl !== ''),
    '{regions} has a publicUrl, and {public.url} is not set; a caller at the host of one region would get links of another at that host: set {public.url} to the URL of the gateway itself.',
  ),
  refuse(
    ['regions', 'public.url'],
    (regions, url) => some(regions, ({ publicUrl }) => publicUrl !== '' && hostOf(publicUrl) === hostOf(url)),
    '{public.url=}, and {regions} has a publicUrl of the same host; the host of a region leads to that region only: give it a host name of its own, or leave publicUrl away.',
  ),
  refuse(
    ['regions', 'port', 'host', 'socket'],
    (regions, port, host, socket) =>
      socket === '' && some(regions, ({ url: cloudUrl }) => isOwnAddress({ host, port, cloudUrl })),
    "{regions} has a url that is the gateway's own {port}; it must be an address of the cloud itself, such as https://compute.example.com.",
  ),
  refuse(
    ['regions', 'admin.port', 'admin.host'],
    (regions, port, host) => some(regions, ({ url: cloudUrl }) => isOwnAddress({ host, port, cloudUrl })),
    "{regions} has a url that is the gateway's own {admin.port}; it must be an address of the cloud itself, such as https://compute.example.com.",
  ),
  warn(
    ['regions', 'upstream.url'],
    (regions, home) => {
      const urls = [home, ...Object.values(regions).map(({ url }) => url)];
      return new Set(urls).size < urls.length;
    },
    '{regions} has two regions with the same url, or one with that of {upstream.url}; callers of different regions reach the same servers: correct the url, unless one cloud has several names.',
  ),
  warn(
    ['regions'],
    (regions) =>
      some(
        regions,
        ({ url, tls: { caFile, certFile, serverName } }) =>
          url.startsWith('http:') && (caFile !== '' || certFile !== '' || serverName !== ''),
      ),
    '{regions} has a region with tls whose url begins with http:; that cloud is called by plain HTTP: begin its url with https://, or remove its tls.',
  ),
] as const;

import type { Config } from '../../config/settings.ts';
import { callersHost } from '../../http/answer/public-url.ts';
import type { Exchange } from '../../http/exchange/exchange.ts';
import type { AssignRegion } from '../../http/exchange/origin-form.ts';
import type { Region } from '../../http/exchange/region.ts';

/** The regions of a gateway that has several. */
export interface Regions {
  /** The name of the region of paths and hosts that name none; undefined if it has no name. */
  readonly home: string | undefined;
  /** All regions with a name, that of the home too: a caller may name it. */
  readonly named: ReadonlyMap<string, Region>;
}

/** List the regions of a configuration; undefined for a gateway with one. */
export function regionsOf({ regions, identity: { region: homeName } }: Config): Regions | undefined {
  const further = Object.entries(regions).map(([name, { publicUrl }]): Region => ({ name, publicUrl }));
  if (further.length === 0) return undefined;
  const home = homeName === '' ? undefined : homeName;
  const all = home === undefined ? further : [{ name: home, publicUrl: '' }, ...further];
  return { home, named: new Map(all.map((region) => [region.name, region])) };
}

/** List the names of the regions of a configuration: that of the home, which may be '', and those of the further regions. */
export function regionNames(config: Config): readonly string[] {
  return [regionsOf(config)?.home ?? '', ...Object.keys(config.regions)];
}

const noRegion =
  'The path begins with neither a version, such as /v2, nor the name of a region of this gateway. Nothing was sent to the cloud.';
const twoRegions = 'The host and the path name different regions. Nothing was sent to the cloud.';

/** The first segment of a path, which may be empty. */
const firstSegment = /^\/+([^/]*)/;
const version = /^v\d+(?:\.\d+)?$/;

/**
 * Create the function that finds the region of a request, by the first segment of its path or by its host, and takes the
 * segment away. What names no region is refused, because no cloud may receive the token of another: a path that begins
 * with neither a version nor a region, and a host and a path that disagree.
 */
export function createAssignRegion({ home, named }: Regions): AssignRegion {
  const byHost = new Map<string | undefined, Region>();
  for (const region of named.values())
    if (region.publicUrl !== '') byHost.set(new URL(region.publicUrl).hostname, region);
  const ofHost = (host: string | undefined): Region | undefined =>
    byHost.size === 0 ? undefined : byHost.get(hostName(host));

  return (exchange, path, authority) => {
    const [whole = '', segment = ''] = firstSegment.exec(path) ?? [];
    const isOpen = segment === '' || version.test(segment);
    const byPath = isOpen ? undefined : named.get(segment);
    if (!isOpen && byPath === undefined) return refuse(exchange, noRegion, path);
    const hosts = [callersHost(exchange), ...(authority === undefined ? [] : [authority])];
    const [region, ...others] = claims(byPath, hosts.map(ofHost));
    if (others.some((other) => other !== region)) return refuse(exchange, twoRegions, path);
    exchange.region = region;
    exchange.trace.region = region?.name ?? home;
    return byPath === undefined ? path : path.slice(whole.length).replace(/^$/, '/');
  };
}

/** List the regions that the path and each host of a request claim. A host that is no region's leaves the choice to the path. */
function claims(byPath: Region | undefined, byHost: readonly (Region | undefined)[]): readonly (Region | undefined)[] {
  const claimed = byHost.map((host) => host ?? byPath);
  return byPath === undefined ? claimed : [byPath, ...claimed];
}

function refuse(exchange: Exchange, message: string, path: string): string {
  exchange.regionRefusal = message;
  return path;
}

/** Return the name of a host as URLs have it, without its port and the dot of the root. */
function hostName(host = ''): string {
  return host.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase();
}

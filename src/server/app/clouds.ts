import type { Resources } from '../resources/resources.ts';
import { regionalConfigs } from '../../config/services/regional-configs.ts';
import type { Config } from '../../config/settings.ts';
import type { Exchange } from '../../http/exchange/exchange.ts';
import type { TracedRegionOf } from '../../http/exchange/spans.ts';
import type { ShownCloud } from '../../observe/cloud-gauges.ts';
import type { Log } from '../../observe/log.ts';
import type { Metrics } from '../../observe/metrics.ts';
import type { Tracing } from '../../observe/tracing/tracing.ts';
import { regionNames, type Regions } from './assign-region.ts';
import type { Limits } from './limits.ts';
import { createRoads, type Roads } from './roads.ts';

/** The clouds behind the gateway: that of requests that name no region, and those of the further regions by name. */
export interface Clouds {
  readonly home: Roads;
  readonly further: ReadonlyMap<string, Roads>;
  /** Return the roads to the cloud of a request's region. */
  readonly roadsOf: (exchange: Pick<Exchange, 'region'>) => Roads;
}

/** The parts of the gateway that all clouds share. */
interface CloudDependencies {
  readonly log: Log;
  readonly limits: Limits;
  readonly metrics: Pick<Metrics, 'showClouds'>;
  readonly tracing: Tracing | undefined;
}

/** Create the roads to each cloud. @param regions undefined for a gateway with one */
export function createClouds(
  config: Config,
  { cloudTls: tls, proxy, regions: access }: Pick<Resources, 'cloudTls' | 'proxy' | 'regions'>,
  regions: Regions | undefined,
  { metrics, ...shared }: CloudDependencies,
): Clouds {
  const regional = regionalConfigs(config);
  const shown = metrics.showClouds(regionNames(config));
  const { turns } = shared.limits;
  const homeName = regions?.home ?? '';
  const ofHome = { ...shared, region: undefined, turns: turns.of(homeName), shown: of(shown, homeName) };
  const home = createRoads(config, { tls, proxy }, ofHome);
  const further = new Map(
    [...regional].map(([name, own]): [string, Roads] => [
      name,
      createRoads(own, of(access, name), {
        ...shared,
        region: name,
        turns: turns.of(name),
        shown: of<ShownCloud>(shown, name),
      }),
    ]),
  );
  return {
    home,
    further,
    roadsOf: ({ region }) => (region === undefined || region.name === regions?.home ? home : of(further, region.name)),
  };
}

/** Create the function that describes the region of a request in its span; undefined for a gateway with one. */
export function createTracedRegionOf(config: Config, regions: Regions | undefined): TracedRegionOf {
  if (regions === undefined) return () => undefined;
  const traced = new Map(
    [...regionalConfigs(config)].map(
      ([
        name,
        {
          upstream: { profile, url: cloudUrl },
        },
      ]) => [name, { name, profile, cloudUrl }],
    ),
  );
  const { home } = regions;
  const { profile, url: cloudUrl } = config.upstream;
  if (home !== undefined) traced.set(home, { name: home, profile, cloudUrl });
  return ({ trace: { region } }) => (region === undefined ? undefined : traced.get(region));
}

/** Look up what every region has. @throws if it is missing: no other region may stand in for it */
function of<T>(values: ReadonlyMap<string, T>, region: string): T {
  const found = values.get(region);
  if (found === undefined) throw new Error(`the region ${region} has no cloud`);
  return found;
}

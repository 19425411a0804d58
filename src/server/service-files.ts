import { identityUpstream } from '../config/services/identity-upstream.ts';
import { regionalConfigs } from '../config/services/regional-configs.ts';
import type { Resources } from './resources/resources.ts';
import type { Config } from '../config/settings.ts';
import type { CloudTls } from '../config/tls-files.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Apps } from './app/apps.ts';
import { watchCloudCertificates, type CloudCertificates, type FilesOf } from './cloud-certificates.ts';

/** The TLS files for the clouds and for the identity service, while they are watched. */
export interface ServiceFiles {
  /** Use files that have been read already, and watch those of this configuration from now on. */
  use(config: Config, resources: Resources): void;
  stopWatching(): void;
}

/** The TLS files of one service: its settings, what was read of them, and the connections that use them. */
interface TlsService extends FilesOf {
  readonly settings: Config['upstream']['tls'];
  readonly tls: CloudTls;
  readonly renew: (tls: CloudTls) => void;
}

/** Watch the TLS files for the clouds and for the identity service. */
export function watchServices(
  config: Config,
  resources: Resources,
  apps: Pick<Apps, 'current'>,
  observers: { readonly log: Log; readonly metrics: Metrics },
): ServiceFiles {
  const watched = new Map<FilesOf['use'], CloudCertificates>();
  const watch = ({ use, group, settings, tls, renew }: TlsService): void => {
    watched.set(use, watchCloudCertificates({ use, group }, settings, tls, renew, observers));
  };
  for (const service of servicesOf(config, resources, apps)) watch(service);
  return {
    use: (next, read) => {
      const services = servicesOf(next, read, apps);
      const uses = new Set(services.map(({ use }) => use));
      for (const [use, files] of watched) {
        if (uses.has(use)) continue;
        files.stopWatching();
        watched.delete(use);
        // The region was removed, so the metrics must not show its certificate any longer.
        observers.metrics.setCertificate(use, undefined);
        observers.metrics.setReload(use, true);
      }
      for (const service of services) {
        const known = watched.get(service.use);
        if (known === undefined) watch(service);
        else known.use(service.settings, service.tls);
      }
    },
    stopWatching: () => {
      for (const files of watched.values()) files.stopWatching();
    },
  };
}

function servicesOf(config: Config, resources: Resources, apps: Pick<Apps, 'current'>): readonly TlsService[] {
  const { cloudTls, identityTls, regions } = resources;
  return [
    {
      use: 'cloud',
      group: 'upstream.tls',
      settings: config.upstream.tls,
      tls: cloudTls,
      renew: (tls) => apps.current.connections.renew(tls),
    },
    {
      use: 'identity',
      group: 'identity.tls',
      settings: identityFiles(config),
      tls: identityTls,
      renew: (tls) => apps.current.identityConnections?.renew(tls),
    },
    ...[...regionalConfigs(config)].map(([name, { upstream }]): TlsService => ({
      use: `region ${name}`,
      group: `regions.${name}.tls`,
      settings: upstream.tls,
      // The files of each region have been read.
      tls: regions.get(name)?.tls ?? cloudTls,
      renew: (tls) => apps.current.regionConnections.get(name)?.renew(tls),
    })),
  ];
}

/** The TLS settings of the identity service; without one there are no files to watch. */
function identityFiles(config: Config): Config['upstream']['tls'] {
  return identityUpstream(config)?.tls ?? { ...config.upstream.tls, caFile: '', certFile: '', keyFile: '' };
}

import { identityUpstream } from '../config/services/identity-upstream.ts';
import type { Resources } from '../config/reload/resources.ts';
import type { Config } from '../config/settings.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Apps } from './app/apps.ts';
import { watchCloudCertificates } from './cloud-certificates.ts';

/** The TLS files for the cloud and for its identity service, while they are watched. */
export interface ServiceFiles {
  /** Use files that have been read already, and watch those of this configuration from now on. */
  use(config: Config, resources: Resources): void;
  stopWatching(): void;
}

/** Watch the TLS files for the cloud and for its identity service. */
export function watchServices(
  config: Config,
  resources: Resources,
  apps: Pick<Apps, 'current'>,
  observers: { readonly log: Log; readonly metrics: Metrics },
): ServiceFiles {
  const { cloudTls, identityTls } = resources;
  const cloud = watchCloudCertificates(
    'cloud',
    config.upstream.tls,
    cloudTls,
    (tls) => apps.current.connections.renew(tls),
    observers,
  );
  const identity = watchCloudCertificates(
    'identity',
    identityFiles(config),
    identityTls,
    (tls) => apps.current.identityConnections?.renew(tls),
    observers,
  );
  return {
    use: (next, { cloudTls: nextCloud, identityTls: nextIdentity }) => {
      cloud.use(next.upstream.tls, nextCloud);
      identity.use(identityFiles(next), nextIdentity);
    },
    stopWatching: () => {
      cloud.stopWatching();
      identity.stopWatching();
    },
  };
}

/** The TLS settings of the identity service; without one there are no files to watch. */
function identityFiles(config: Config): Config['upstream']['tls'] {
  return identityUpstream(config)?.tls ?? { ...config.upstream.tls, caFile: '', certFile: '', keyFile: '' };
}

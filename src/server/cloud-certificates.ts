import type { Config } from '../config/settings.ts';
import { cloudTls, type CloudTls } from '../config/tls-files.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Apps } from './app/apps.ts';
import { watchTlsFiles } from './ports/watched-files.ts';

type TlsSettings = Config['upstream']['tls'];

/** The client certificate and the authorities for the cloud, while they are watched. */
export interface CloudCertificates {
  /** Use files that have been read already, and watch those of these settings from now on. */
  use(settings: TlsSettings, tls: CloudTls): void;
  readonly stopWatching: () => void;
}

/**
 * Watch the client certificate and the authorities for the cloud.
 * @param given the files as the connections use them now
 * @param apps the Apps whose connections get files that have changed and can be used
 */
export function watchCloudCertificates(
  first: TlsSettings,
  given: CloudTls,
  apps: Pick<Apps, 'current'>,
  { log, metrics }: { readonly log: Log; readonly metrics: Metrics },
): CloudCertificates {
  let settings = first;
  let current = given;
  const adopt = (read: CloudTls): Buffer | undefined => {
    // New connections cost a handshake each.
    if (isSame(read, current)) return read.cert;
    current = read;
    apps.current.connections.renew(read);
    log.info('certificates for the cloud read again');
    return read.cert;
  };
  const watch = (): (() => void) =>
    watchTlsFiles(
      {
        use: 'cloud',
        paths: [settings.caFile, settings.certFile, settings.keyFile],
        cert: current.cert,
        renew: () => adopt(cloudTls(settings)),
        onFailure: (error) =>
          log.error('certificates for the cloud cannot be read', { setting: 'upstream.tls', error }),
      },
      metrics,
    );
  let stopWatching = watch();
  return {
    use: (next, tls) => {
      stopWatching();
      settings = next;
      adopt(tls);
      stopWatching = watch();
      metrics.setReload('cloud', true);
    },
    stopWatching: () => stopWatching(),
  };
}

function isSame(one: CloudTls, other: CloudTls): boolean {
  return (['ca', 'cert', 'key'] as const).every((file) => {
    const [a, b] = [one[file], other[file]];
    return a === b || (a !== undefined && b !== undefined && a.equals(b));
  });
}

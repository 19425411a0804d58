import type { Config } from '../config/settings.ts';
import { cloudTls, type CloudTls, type TlsGroup } from '../config/tls-files.ts';
import type { Log } from '../observe/log.ts';
import type { CertificateUse } from '../observe/file-gauges.ts';
import type { Metrics } from '../observe/metrics.ts';
import { watchTlsFiles } from './ports/watched-files.ts';

type TlsSettings = Config['upstream']['tls'];

/** The client certificate and the authorities for the cloud, while they are watched. */
export interface CloudCertificates {
  /** Use files that have been read already, and watch those of these settings from now on. */
  use(settings: TlsSettings, tls: CloudTls): void;
  readonly stopWatching: () => void;
}

/** The service that the files are for. */
export interface FilesOf {
  readonly use: Exclude<CertificateUse, 'callers'>;
  /** The path of its settings. */
  readonly group: TlsGroup;
}

/** The events of the log for each service. */
const ofCloud = { good: 'certificates for the cloud read again', bad: 'certificates for the cloud cannot be read' };
const ofIdentity = {
  good: 'certificates for the identity service read again',
  bad: 'certificates for the identity service cannot be read',
};

/**
 * Watch the client certificate and the authorities for a service.
 * @param given the files as the connections use them now
 * @param renewConnections called with files that have changed and can be used
 */
export function watchCloudCertificates(
  { use, group }: FilesOf,
  first: TlsSettings,
  given: CloudTls,
  renewConnections: (tls: CloudTls) => void,
  { log, metrics }: { readonly log: Log; readonly metrics: Metrics },
): CloudCertificates {
  const events = use === 'identity' ? ofIdentity : ofCloud;
  let settings = first;
  let current = given;
  const adopt = (read: CloudTls): Buffer | undefined => {
    // New connections cost a handshake each.
    if (isSame(read, current)) return read.cert;
    current = read;
    renewConnections(read);
    log.info(events.good, { setting: group });
    return read.cert;
  };
  const watch = (): (() => void) =>
    watchTlsFiles(
      {
        use,
        paths: [settings.caFile, settings.certFile, settings.keyFile],
        cert: current.cert,
        renew: () => adopt(cloudTls(settings, group)),
        onFailure: (error) => log.error(events.bad, { setting: group, error }),
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
      metrics.setReload(use, true);
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

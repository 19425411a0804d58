import type { Config } from '../config/settings.ts';
import { cloudTls, type CloudTls } from '../config/tls-files.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import { watchTlsFiles, type WatchedTlsFiles } from './watched-files.ts';

/**
 * Watch the client certificate and the authorities for the cloud.
 * @param given the files as the connections use them now
 * @param renew called with files that have changed and can be used
 */
export function watchCloudCertificates(
  settings: Config['upstream']['tls'],
  given: CloudTls,
  renew: (tls: CloudTls) => void,
  { log, metrics }: { readonly log: Log; readonly metrics: Metrics },
): WatchedTlsFiles {
  let current = given;
  const renewIfChanged = (): Buffer | undefined => {
    const read = cloudTls(settings);
    // New connections cost a handshake each.
    if (isSame(read, current)) return read.cert;
    current = read;
    renew(read);
    log.info('certificates for the cloud read again');
    return read.cert;
  };
  return watchTlsFiles(
    {
      use: 'cloud',
      paths: [settings.caFile, settings.certFile, settings.keyFile],
      cert: given.cert,
      renew: renewIfChanged,
      onFailure: (error) => log.error('certificates for the cloud cannot be read', { setting: 'upstream.tls', error }),
    },
    metrics,
  );
}

function isSame(one: CloudTls, other: CloudTls): boolean {
  return (['ca', 'cert', 'key'] as const).every((file) => {
    const [a, b] = [one[file], other[file]];
    return a === b || (a !== undefined && b !== undefined && a.equals(b));
  });
}

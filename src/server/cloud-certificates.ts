import type { Config } from '../config/settings.ts';
import { cloudTls, expiryOf, TlsFileError, type CloudTls } from '../config/tls-files.ts';
import { describeDefect } from '../observe/defect.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import { watchFiles } from './watched-files.ts';

/** The files of TLS to the cloud, while they are watched. */
export interface CloudCertificates {
  /** Read the files again. Files that cannot be used are ignored, and the old ones stay. */
  readonly reload: () => void;
  readonly stopWatching: () => void;
}

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
): CloudCertificates {
  if (given.cert !== undefined) metrics.setCertificate('cloud', expiryOf(given.cert));
  let current = given;
  const reload = (): void => {
    try {
      const read = cloudTls(settings);
      metrics.setReload('cloud', true);
      // New connections cost a handshake each.
      if (isSame(read, current)) return;
      current = read;
      renew(read);
      if (read.cert !== undefined) metrics.setCertificate('cloud', expiryOf(read.cert));
      log.info('certificates for the cloud read again');
    } catch (error) {
      metrics.setReload('cloud', false);
      // The message of a TlsFileError contains settings, file names and error codes, but no secrets.
      const why = error instanceof TlsFileError ? error.message : describeDefect(error).error;
      log.error('certificates for the cloud cannot be read', { setting: 'upstream.tls', error: why });
    }
  };
  return { reload, stopWatching: watchFiles([settings.caFile, settings.certFile, settings.keyFile], reload) };
}

function isSame(one: CloudTls, other: CloudTls): boolean {
  return (['ca', 'cert', 'key'] as const).every((file) => {
    const [a, b] = [one[file], other[file]];
    return a === b || (a !== undefined && b !== undefined && a.equals(b));
  });
}

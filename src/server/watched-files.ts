import { unwatchFile, watchFile } from 'node:fs';
import { fixedLimits } from '../config/fixed-limits.ts';
import { expiryOf, TlsFileError } from '../config/tls-files.ts';
import { describeDefect } from '../observe/defect.ts';
import type { CertificateUse } from '../observe/file-gauges.ts';
import type { Metrics } from '../observe/metrics.ts';

/** The TLS files of one side of the gateway. */
export interface TlsFiles {
  readonly use: CertificateUse;
  /** The paths of the files; empty for one that is not set. */
  readonly paths: readonly string[];
  /** The certificate in use, if there is one. */
  readonly cert: Buffer | undefined;
  /** Read the files again and use them. @returns the certificate, if there is one. @throws {TlsFileError} */
  readonly renew: () => Buffer | undefined;
  /** Called with the reason why the files cannot be used; those that were read before stay in use. */
  readonly onFailure: (error: string) => void;
}

/** TLS files while they are watched. */
export interface WatchedTlsFiles {
  /** Read the files again. Connections stay open. Files that cannot be used are ignored, and the old ones stay. */
  readonly reload: () => void;
  readonly stopWatching: () => void;
}

/** Read TLS files again when they change, and show the result and the expiry of the certificate in the metrics. */
export function watchTlsFiles({ use, paths, cert, renew, onFailure }: TlsFiles, metrics: Metrics): WatchedTlsFiles {
  const showExpiry = (used: Buffer | undefined): void => {
    metrics.setCertificate(use, used && expiryOf(used));
  };
  showExpiry(cert);
  const reload = (): void => {
    try {
      showExpiry(renew());
      metrics.setReload(use, true);
    } catch (error) {
      metrics.setReload(use, false);
      // The message of a TlsFileError contains settings, file names and error codes, but no secrets.
      onFailure(error instanceof TlsFileError ? error.message : describeDefect(error).error);
    }
  };
  return { reload, stopWatching: watchFiles(paths, reload) };
}

/**
 * Watch files by their names, so that a link that is moved to another file counts as a change, as Kubernetes renews secrets.
 * @param onChange called after a change of each file; a certificate and its key change one after the other
 * @returns the function that ends the watch
 */
function watchFiles(files: readonly string[], onChange: () => void): () => void {
  const watched = files.filter((file) => file !== '');
  for (const file of watched)
    watchFile(file, { interval: fixedLimits.certificateCheckMs, persistent: false }, onChange);
  return () => watched.forEach((file) => unwatchFile(file, onChange));
}

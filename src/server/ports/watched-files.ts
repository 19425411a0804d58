import { unwatchFile, watchFile } from 'node:fs';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { expiryOf, TlsFileError } from '../../config/tls-files.ts';
import { TokenFileError } from '../../config/reload/token-file.ts';
import { describeDefect } from '../../observe/defect.ts';
import { RetirementFileError } from '../../retirement/read/read-file.ts';
import type { CertificateUse, FileGauges, ReloadedFiles } from '../../observe/file-gauges.ts';

/** Files that are read again when they change. */
export interface ReadFiles {
  readonly use: ReloadedFiles;
  /** The paths of the files; empty for one that is not set. */
  readonly paths: readonly string[];
  /** Read the files again and use them. @throws {TlsFileError | TokenFileError | RetirementFileError} */
  readonly renew: () => void;
  /** Called with the reason why the files cannot be used; those that were read before stay in use. */
  readonly onFailure: (error: string) => void;
}

/** The TLS files of one side of the gateway. */
export interface TlsFiles extends ReadFiles {
  readonly use: CertificateUse;
  /** The certificate in use, if there is one. */
  readonly cert: Buffer | undefined;
  /** Read the files again and use them. @returns the certificate, if there is one. @throws {TlsFileError} */
  readonly renew: () => Buffer | undefined;
}

/** Read TLS files again when they change, as {@link watchReadFiles}, and show the expiry of the certificate in the metrics. */
export function watchTlsFiles({ cert, renew, ...files }: TlsFiles, metrics: FileGauges): () => void {
  const showExpiry = (used: Buffer | undefined): void => {
    metrics.setCertificate(files.use, used && expiryOf(used));
  };
  showExpiry(cert);
  return watchReadFiles({ ...files, renew: () => showExpiry(renew()) }, metrics);
}

/**
 * Read files again when they change, and show the result in the metrics. Files that cannot be used are ignored, and the old ones
 * stay. @returns the function that ends the watch
 */
export function watchReadFiles({ use, paths, renew, onFailure }: ReadFiles, metrics: FileGauges): () => void {
  return watchFiles(paths, () => {
    try {
      renew();
      metrics.setReload(use, true);
    } catch (error) {
      metrics.setReload(use, false);
      // The messages of these errors contain settings, file names and error codes, but no secrets.
      const isTold =
        error instanceof TlsFileError || error instanceof TokenFileError || error instanceof RetirementFileError;
      onFailure(isTold ? error.message : describeDefect(error).error);
    }
  });
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

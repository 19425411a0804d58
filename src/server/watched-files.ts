import { unwatchFile, watchFile } from 'node:fs';
import { fixedLimits } from '../config/fixed-limits.ts';

/**
 * Watch files by their names, so that a link that is moved to another file counts as a change, as Kubernetes renews secrets.
 * @param onChange called after a change of each file; a certificate and its key change one after the other
 * @returns the function that ends the watch
 */
export function watchFiles(files: readonly string[], onChange: () => void): () => void {
  const watched = files.filter((file) => file !== '');
  for (const file of watched)
    watchFile(file, { interval: fixedLimits.certificateCheckMs, persistent: false }, onChange);
  return () => watched.forEach((file) => unwatchFile(file, onChange));
}

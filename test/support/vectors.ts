import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder beside the project with recordings of a live legacy Nova and of real clients; it may be missing. */
const folder = process.env['GATEWAY_TEST_RECORDINGS'] ?? join(import.meta.dirname, '../../../shared');

/** The reason to skip a test of recordings, or false where they are. */
export const noRecordings: string | false = existsSync(folder) ? false : 'the recordings are not beside the project';

/** Read and parse all recordings of a kind; empty if the folder is missing. */
export function recordings<T extends { readonly name: string }>(kind: string): T[] {
  if (noRecordings !== false) return [];
  const place = join(folder, 'vectors', kind);
  return readdirSync(place)
    .toSorted()
    .map((file) => JSON.parse(readFileSync(join(place, file), 'utf8')) as T);
}

/** A file of the recordings, as bytes. */
export function recordedFile(path: string): Buffer {
  return readFileSync(join(folder, path));
}

/** Return the path of a folder of the recordings. */
export function recordedFolder(path: string): string {
  return join(folder, path);
}

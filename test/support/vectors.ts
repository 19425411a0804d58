import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where recordings of a live legacy Nova and of real clients lie, when they lie beside the project. */
const folder = process.env['GATEWAY_TEST_RECORDINGS'] ?? join(import.meta.dirname, '../../../shared');

/** The reason to skip a test of recordings, or false where they are. */
export const noRecordings: string | false = existsSync(folder) ? false : 'the recordings are not beside the project';

/** All recordings of a kind, parsed; none where the folder is missing. */
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

/** Where a folder of the recordings lies. */
export function recordedFolder(path: string): string {
  return join(folder, path);
}

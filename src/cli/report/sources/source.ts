import { open, stat } from 'node:fs/promises';
import { UsageError } from '../../command.ts';

/** A place from which the report reads. */
export type ReportSource =
  | { readonly kind: 'store'; readonly text: string }
  | { readonly kind: 'admin'; readonly url: URL }
  | { readonly kind: 'log'; readonly file: string; readonly bytes: number; readonly isCompressed: boolean }
  | { readonly kind: 'stdin' };

const sqliteHead = Buffer.from('SQLite format 3\0');
const gzipHead = Buffer.from([0x1f, 0x8b]);

/** Find out which kind of source a text names: a file is recognised by its first bytes. @throws {UsageError} */
export async function sourceOf(text: string): Promise<ReportSource> {
  if (text === '-') return { kind: 'stdin' };
  if (/^(?:sqlite|postgres|postgresql):/.test(text)) return { kind: 'store', text };
  if (/^https?:\/\//.test(text)) {
    if (!URL.canParse(text))
      throw new UsageError('An address of an admin port cannot be read: it is like http://127.0.0.1:9774.');
    return { kind: 'admin', url: new URL(text) };
  }
  // It may have a password, so that no message repeats it.
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text))
    throw new UsageError('A URL begins with another scheme than postgres, http or https, in small letters.');
  return fileSource(text);
}

async function fileSource(file: string): Promise<ReportSource> {
  try {
    const status = await stat(file);
    if (status.isDirectory()) throw new UsageError(`${file} is a folder: name its files, for example ${file}/*.`);
    const head = await headOf(file);
    if (head.equals(sqliteHead)) return { kind: 'store', text: `sqlite:${file}` };
    return { kind: 'log', file, bytes: status.size, isCompressed: head.subarray(0, gzipHead.length).equals(gzipHead) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // A URL without its scheme may have a password as well.
    const name = /^[^/]*:.*@/.test(file) ? 'A source with a : and an @' : file;
    throw new UsageError(`${name} cannot be read (${systemCode(error)}).`);
  }
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(sqliteHead.length);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Return the code of an error of the system, such as ENOENT. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { browserLibraries, type LibraryFile } from './libraries.ts';

/** The folder of what browsers receive. It lies beside `src` and `dist`, because nothing of it is compiled. */
const folder = fileURLToPath(new URL('../../console/', import.meta.url));

/** The types of the files that are served; others in the folder are not. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file of a library, or of the console's own. */
interface ServedFile extends LibraryFile {
  readonly isOwn?: boolean;
}

/** A file in one content coding. */
interface Coded {
  readonly body: Buffer;
  /** The strong validator (RFC 9110, 8.8.3): another one for each coding, because their bytes differ. */
  readonly etag: string;
}

/** A file as it is sent. */
export interface ConsoleFile {
  readonly type: string;
  readonly plain: Coded;
  readonly gzipped: Coded;
}

/** The files by their paths, such as `pages/gateway.js`. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

/** The path of the document that all pages begin with. */
export const shellPath = 'index.html';

let files: Promise<ConsoleFiles> | undefined;

/** Read the files at the first call, and keep them: a gateway without a reader of the console reads none. */
export function readConsoleFiles(): Promise<ConsoleFiles> {
  files ??= readFiles().catch((error: unknown) => {
    // The next request tries again.
    files = undefined;
    throw error;
  });
  return files;
}

async function readFiles(): Promise<ConsoleFiles> {
  const own = (await readdir(folder, { recursive: true })).map(
    (path) => [path, { place: join(folder, path), end: '', isOwn: true }] as const,
  );
  const served = [...own, ...browserLibraries].filter(([path]) => types[extname(path)] !== undefined);
  return new Map(await Promise.all(served.map(async ([path, file]) => [path, await readOne(path, file)] as const)));
}

async function readOne(path: string, { place, end, isOwn = false }: ServedFile): Promise<ConsoleFile> {
  const text = await readFile(place, 'utf8');
  const body = Buffer.from((isOwn ? withoutComments(text) : text) + end);
  const gzipped = await promisify(gzip)(body, { level: constants.Z_BEST_COMPRESSION });
  return { type: types[extname(path)] ?? '', plain: coded(body, ''), gzipped: coded(gzipped, '-gzip') };
}

/**
 * Leave out the comments that have lines of their own: they are a fifth of all that a first visit loads. Their lines stay, empty, so
 * that the places in an error of a browser are those of the source.
 */
export function withoutComments(text: string): string {
  return text.replace(/^[ \t]*\/\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*$/gm, (comment) =>
    '\n'.repeat(comment.split('\n').length - 1),
  );
}

function coded(body: Buffer, coding: string): Coded {
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}${coding}"` };
}

/** List the sources that a Content-Security-Policy allows for the scripts in a document, which are none but its import map. */
export function scriptSources({ plain: { body } }: ConsoleFile): readonly string[] {
  return [...body.toString().matchAll(/<script type="importmap">([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the project. */
export const root = join(import.meta.dirname, '../..');

/** The folders whose files are written by hand. */
export const folders = ['src', 'test', 'bench', 'tools', 'examples', 'docs', 'config', 'console'] as const;

/** Every file of the project, by its path from the root. */
export const files: readonly string[] = [
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  ),
  ...readdirSync(root),
];

/** The files of the product. */
export const sources: readonly string[] = files.filter((file) => /^src\/.*\.ts$/.test(file));

/** Read a file by its path from the root. */
export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

// Strings and regular expressions come first: what looks like a comment in one is none. Lines of `//` are one comment.
const literals = [
  /'(?:\\.|[^'\\\n])*'/,
  /"(?:\\.|[^"\\\n])*"/,
  /`(?:\\.|[^`\\])*`/,
  /(?<=(?:[(,=:[!&|?{};]|return)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\//,
];
const comment = /(?<comment>\/\*[\s\S]*?\*\/|\/\/[^\n]*(?:\n\s*\/\/[^\n]*)*)/;
const literalOrComment = new RegExp([...literals, comment].map(({ source }) => source).join('|'), 'g');

/** List the comments of a source file, each in one line. */
export function commentsOf(file: string): readonly string[] {
  return [...read(file).matchAll(literalOrComment)].flatMap(({ groups }) =>
    groups?.['comment'] === undefined ? [] : [groups['comment'].replaceAll(/\n\s*(?:\*|\/\/) ?/g, ' ')],
  );
}

/** Read a source file without its comments. */
export function codeOf(file: string): string {
  return read(file).replaceAll(literalOrComment, (found: string, comments?: string) =>
    comments === undefined ? found : '',
  );
}

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codeOf, commentsOf, files, folders, read, root } from './sources.ts';

/** A text for people, and the file that has it. */
interface Prose {
  readonly file: string;
  readonly text: string;
}

// The changelog names files as they were called then.
const isHistory = (file: string): boolean => file === 'CHANGELOG.md';

const prose: readonly Prose[] = files.flatMap((file) => {
  if (file.endsWith('.ts')) return commentsOf(file).map((text) => ({ file, text }));
  return file.endsWith('.md') && !isHistory(file) ? [{ file, text: read(file) }] : [];
});

/** Names of files that lie elsewhere, and why they are named. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['legacy-xml.md', 'the measured legacy Nova, which lies beside the project'],
  ['X.json', 'any file of that type'],
]);

/** Comments that name a file which is gone; take a line out with its mending. */
const toBeMended: ReadonlySet<string> = new Set();

const filePattern = '(?:[\\w-]+/)*[\\w-]+(?:\\.[\\w-]+)*\\.(?:ts|md|json|txt)\\b';
const fileName = new RegExp(`(?<![\\w/.@:*{}-])(?:\\.{1,2}/)*${filePattern}(?![\\w/*{}-])`, 'g');

/**
 * The files that a name may mean: a path from the naming file, or the end of one of src, of the same top folder or, in a
 * document, of any folder.
 */
function filesNamed(name: string, from: string): readonly string[] {
  const beside = join(from, '..', name);
  if (files.includes(beside)) return [beside];
  const isNear = (path: string): boolean =>
    from.endsWith('.md') || path.startsWith('src/') || path.startsWith(from.slice(0, from.indexOf('/') + 1));
  return files.filter((path) => path === name || (path.endsWith(`/${name}`) && isNear(path)));
}

test('each file that a comment or a document names is there', () => {
  const missing = prose.flatMap(({ file: from, text }) =>
    [...text.matchAll(fileName)]
      .filter(([name]) => !elsewhere.has(name) && filesNamed(name, from).length === 0)
      .map(([name]) => `${from}: ${name}`),
  );
  assert.deepEqual(missing, [...toBeMended]);
});

test('each name of a file elsewhere is needed', () => {
  for (const name of elsewhere.keys()) {
    assert.deepEqual(filesNamed(name, ''), []);
    assert.ok(
      prose.some(({ text }) => text.includes(name)),
      name,
    );
  }
});

const pathName = new RegExp(`(?<![\\w/.@:-])(?:${folders.join('|')})/[\\w./-]*[\\w/](?![\\w*{./-])`, 'g');

test('each path from the root that a comment or a document names is there', () => {
  const missing = prose.flatMap(({ file: from, text }) =>
    [...text.matchAll(pathName)].filter(([path]) => !existsSync(join(root, path))).map(([path]) => `${from}: ${path}`),
  );
  assert.deepEqual(missing, []);
});

const names = '(?<names>(?:`\\w+`(?:,? and |, )?)+)';
const namings = [
  new RegExp(`${names} (?:of|in|from) \`?(?<file>${filePattern})`, 'g'),
  new RegExp(`(?<file>${filePattern})\`? ${names}`, 'g'),
  new RegExp(`\\b(?<names>[a-z]+[A-Z]\\w*) (?:of|in|from) \`?(?<file>${filePattern})`, 'g'),
];

test('each name that a comment or a document gives with its file is in the code of that file', () => {
  const missing = prose.flatMap(({ file: from, text }) =>
    namings
      .flatMap((naming) => [...text.matchAll(naming)])
      .flatMap(({ groups }) => {
        const named = groups?.['file'] ?? '';
        const code = filesNamed(named, from).map(codeOf).join('\n');
        return [...(groups?.['names'] ?? '').matchAll(/\w+/g)]
          .filter(([name]) => name !== 'and' && !new RegExp(`\\b${name}\\b`).test(code))
          .map(([name]) => `${from}: ${name} of ${named}`);
      }),
  );
  assert.deepEqual(missing, []);
});

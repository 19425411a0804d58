import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { createRouter } from '../../src/http/translate/router.ts';
import { profiles } from '../../src/upstream/profiles/profiles.ts';
import { readCase, readCases, readDraft, type CasePage } from '../support/case.ts';
import { testSettings } from '../support/settings.ts';

const pages = readCases();
const route = createRouter(operations);
const names: readonly string[] = operations.map(({ name }) => name);

/** The most pages of one folder, so that a person finds one. */
const mostPages = 40;

/** The names of what a page shows: the operation of its path and, where several share it, of its request's root. */
function shownBy({ sent }: CasePage): readonly string[] {
  const [method, path] = sent.start.split(' ');
  const found = route(method, path);
  if (found === undefined) return [];
  const isNamed = found.sharesRoute
    ? ({ request }: (typeof found.operations)[number]) => request?.root === rootOf(sent.body)
    : () => true;
  return found.operations.filter(isNamed).map(({ name }) => name);
}

function rootOf(body: string): string | undefined {
  if (body.startsWith('{')) return Object.keys(JSON.parse(body) as object)[0];
  return /<(?![?!])(?:[\w.-]+:)?([\w.-]+)/.exec(body)?.[1];
}

function profileOf({ settings }: CasePage): string {
  return loadConfig({ ...testSettings, ...settings }).upstream.profile;
}

const profileNames = Object.keys(profiles) as readonly (keyof typeof profiles)[];
const isSent = ({ cloud }: CasePage): boolean => cloud.length > 0;

test('each operation has a page whose request reaches the cloud', () => {
  const shown = new Set(pages.filter(isSent).flatMap(shownBy));
  assert.deepEqual(
    names.filter((name) => !shown.has(name)),
    [],
    'write what the caller sends and what the cloud answers into test/cases, then: npm run cases',
  );
});

test('each profile has a page of each operation that it treats unlike another profile', () => {
  const config = loadConfig(testSettings);
  const members = profileNames.map((name) => profiles[name](config).members as Readonly<Record<string, unknown>>);
  const treated = names.filter((name) => new Set(members.map((tables) => textOf(tables[name]))).size > 1);
  assert.ok(treated.length > 0);
  for (const profile of profileNames) {
    const shown = new Set(pages.filter((page) => isSent(page) && profileOf(page) === profile).flatMap(shownBy));
    assert.deepEqual(
      treated.filter((name) => !shown.has(name)),
      [],
      `write a page of each that begins with "# title" and GATEWAY_UPSTREAM_PROFILE=${profile} (CONTRIBUTING.md, "A case")`,
    );
  }
});

/** The text of a table of members; functions by their source. */
function textOf(table: unknown): string {
  return JSON.stringify(table, (_, value: unknown) => (typeof value === 'function' ? String(value) : value)) ?? '';
}

test('each page has a title of its own and a file name in words', () => {
  const titles = pages.map(({ title }) => title);
  assert.deepEqual(
    titles.filter((title, index) => titles.indexOf(title) !== index),
    [],
  );
  for (const { file, title } of pages) {
    assert.match(file, /^[a-z]+(?:-[a-z]+)*\/[a-z0-9.]+(?:-[a-z0-9.]+)*\.txt$/);
    assert.notEqual(title, file, `${file} has no title`);
  }
});

const sent = '# A title\n\n=== the caller sends\nGET /v2/p/servers HTTP/1.1\n';
const cloudAnswers = '\n=== the cloud answers\nHTTP/1.1 200 OK\n';

test('a page with a mistake is refused with the name of its file and what is wrong', () => {
  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['# A title\n', /a\/page\.txt has no part "=== the caller sends"; CONTRIBUTING\.md/],
    [sent.replace('===', '=='), /a\/page\.txt: "== the caller sends" is not the title of a part/],
    [sent + cloudAnswers.replace('answers', 'replies'), /a\/page\.txt: "=== the cloud replies" is not the title/],
    [sent.replace(' HTTP/1.1', ''), /"=== the caller sends" begins with "GET \/v2\/p\/servers" instead of a line/],
    [sent + cloudAnswers.replace('HTTP/1.1 ', ''), /"=== the cloud answers" begins with "200 OK" instead of a line/],
  ];
  for (const [page, message] of mistakes) assert.throws(() => readDraft(page, 'a/page.txt'), message);
  assert.equal(readDraft(sent + cloudAnswers, 'a/page.txt')?.title, 'A title');

  const received = sent.replace('# A title\n\n=== the caller sends', '\n=== the cloud receives');
  const answered = cloudAnswers.replace('the cloud answers', 'the caller receives');
  assert.throws(() => readCase(sent, 'a/page.txt'), /has no part "=== the caller receives"/);
  assert.throws(
    () => readCase(sent + received + answered, 'a/page.txt'),
    /has no part "=== the cloud answers" after "GET \/v2\/p\/servers HTTP\/1\.1"/,
  );
  assert.equal(readCase(sent + received + cloudAnswers + answered, 'a/page.txt').cloud.length, 1);
});

test(`no folder has more than ${mostPages} pages`, () => {
  const folders = Map.groupBy(pages, ({ file }) => file.split('/')[0] ?? '');
  for (const [folder, held] of folders) assert.ok(held.length <= mostPages, `${folder}: ${held.length}`);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { createRouter } from '../../src/http/translate/router.ts';
import { profiles } from '../../src/upstream/profiles/profiles.ts';
import { readCases, type CasePage } from '../support/case.ts';

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
  return loadConfig({ GATEWAY_UPSTREAM_URL: 'http://cloud.example.com', ...settings }).upstream.profile;
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
  const config = loadConfig({ GATEWAY_UPSTREAM_URL: 'http://cloud.example.com' });
  const members = profileNames.map((name) => profiles[name](config).members as Readonly<Record<string, unknown>>);
  const treated = names.filter((name) => new Set(members.map((tables) => describe(tables[name]))).size > 1);
  assert.ok(treated.length > 0);
  for (const profile of profileNames) {
    const shown = new Set(pages.filter((page) => isSent(page) && profileOf(page) === profile).flatMap(shownBy));
    assert.deepEqual(
      treated.filter((name) => !shown.has(name)),
      [],
      `pages of the profile ${profile}`,
    );
  }
});

/** The text of a table of members; functions by their source. */
function describe(table: unknown): string {
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

test(`no folder has more than ${mostPages} pages`, () => {
  const folders = Map.groupBy(pages, ({ file }) => file.split('/')[0] ?? '');
  for (const [folder, held] of folders) assert.ok(held.length <= mostPages, `${folder}: ${held.length}`);
});

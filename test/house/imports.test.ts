import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { operations } from '../../src/compute/operations.ts';

const root = join(import.meta.dirname, '../..');
const src = join(root, 'src');

interface SourceFile {
  /** Below src/. */
  readonly path: string;
  readonly imports: readonly { readonly target: string; readonly isType: boolean }[];
  readonly text: string;
}

const files: readonly SourceFile[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(join(src, path), 'utf8');
    const found = text.matchAll(
      /^(?:im|ex)port\s+(type\s)?[^;]*?from\s+'([^']+)';|(?:^import\s+|\b(?:import|load)\()()'([^']+)'/gms,
    );
    return {
      path,
      text,
      imports: [...found].map(([, type, target, , bare]) => ({
        target: target ?? bare ?? '',
        isType: type !== undefined,
      })),
    };
  });

/** What each room may import besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  xml: ['base64.ts'],
  schema: ['xml', 'base64.ts', 'fault.ts'],
  compute: ['schema'],
  media: ['schema', 'xml', 'fault.ts'],
  upstream: ['compute', 'schema', 'xml', 'fault.ts', 'json-escape.ts', 'settings.ts'],
  http: [
    'media',
    'upstream',
    'compute',
    'schema',
    'fault.ts',
    'log.ts',
    'metrics.ts',
    'roster.ts',
    'settings.ts',
    'tls.ts',
  ],
  admin: [],
  'app.ts': ['http', 'upstream', 'compute', 'config.ts', 'defect.ts', 'log.ts', 'metrics.ts', 'settings.ts', 'tls.ts'],
  'caller-server.ts': ['defect.ts', 'log.ts', 'settings.ts', 'tls.ts'],
  'callers.ts': [
    'app.ts',
    'caller-server.ts',
    'listen.ts',
    'log.ts',
    'metrics.ts',
    'roster.ts',
    'settings.ts',
    'tls.ts',
  ],
  'gateway.ts': ['admin', 'callers.ts', 'listen.ts', 'log.ts', 'settings.ts'],
  'single.ts': ['gateway.ts', 'ending.ts', 'log.ts', 'settings.ts'],
  workers: ['admin', 'callers.ts', 'ending.ts', 'listen.ts', 'log.ts', 'metrics.ts', 'settings.ts'],
  'main.ts': ['single.ts', 'workers', 'config.ts', 'listen.ts', 'log.ts', 'settings.ts', 'tls.ts'],
  'ending.ts': ['defect.ts', 'log.ts'],
  'listen.ts': [],
  'base64.ts': [],
  'defect.ts': [],
  'metrics.ts': ['tally.ts'],
  'roster.ts': [],
  'tally.ts': [],
  'tls.ts': ['settings.ts'],
  'fault.ts': [],
  'log.ts': ['json-escape.ts', 'line-writer.ts', 'settings.ts'],
  'line-writer.ts': [],
  'json-escape.ts': [],
  'config.ts': ['setting-forms.ts', 'settings.ts'],
  'settings.ts': ['setting-forms.ts'],
  'setting-forms.ts': [],
};

/** The one file that imports each library; Express's types are the border's. */
const importers: Readonly<Record<string, string>> = {
  'libxml2-wasm': 'xml/parse.ts',
  'fast-xml-parser': 'xml/page-text.ts',
  xmlbuilder2: 'xml/skeleton.ts',
  'http-proxy-middleware': 'http/pass-streamed.ts',
  undici: 'http/exchange.ts',
  express: 'app.ts',
  winston: 'log.ts',
  'prom-client': 'metrics.ts',
};

const roomOf = (path: string): string => path.split('/')[0] ?? '';

test('imports point one way', () => {
  assert.ok(files.length > 40);
  for (const { path, imports } of files) {
    const room = roomOf(path);
    for (const { target } of imports) {
      if (!target.startsWith('.')) continue;
      const goal = roomOf(relative(src, resolve(src, path, '..', target)));
      assert.ok(goal === room || allowed[room]?.includes(goal), `${path} imports ${target}`);
    }
  }
});

test('each library of the gateway is imported by one file, and has a page among the decisions', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  assert.deepEqual(Object.keys(dependencies).toSorted(), Object.keys(importers).toSorted());
  const pages = readFileSync(join(root, 'docs/decisions/README.md'), 'utf8');
  for (const [library, importer] of Object.entries(importers)) {
    const found = files.filter(({ imports }) =>
      imports.some(({ target, isType }) => `${target}/`.startsWith(`${library}/`) && !isType),
    );
    assert.deepEqual(
      found.map(({ path }) => path),
      [importer],
      library,
    );
    assert.ok(pages.includes(library) && pages.includes(`src/${importer}`), library);
  }
});

test('framework types stop at the border', () => {
  for (const { path, imports } of files) {
    if (path === 'app.ts' || path.startsWith('http/')) continue;
    assert.ok(!imports.some(({ target }) => target === 'express'), path);
  }
});

test('nothing in http, media or schema knows an operation', () => {
  for (const { path, text } of files) {
    if (!/^(?:http|media|schema)\//.test(path)) continue;
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    for (const name of [...operations.map((operation) => operation.name), 'reboot', 'personality']) {
      assert.ok(!namedBy(name).test(code), `${path} knows ${name}`);
    }
  }
});

/** Streams too know words such as pause and resume; a text of that name is an operation's. */
function namedBy(name: string): RegExp {
  const isWord = /^[a-z]+$/.test(name) && !['rebuild', 'reboot', 'personality'].includes(name);
  return isWord ? new RegExp(`['"\`]${name}['"\`]`) : new RegExp(RegExp.escape(name), 'i');
}

test('a file has one idea: at most 250 lines', () => {
  for (const { path, text } of files) assert.ok(text.split('\n').length <= 250, path);
});

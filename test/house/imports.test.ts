import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { operations } from '../../src/compute/operations/operations.ts';

const root = join(import.meta.dirname, '../..');
const src = join(root, 'src');

interface SourceFile {
  /** Below its tree. */
  readonly path: string;
  readonly imports: readonly { readonly target: string; readonly isType: boolean }[];
  readonly text: string;
}

const filesOf = (tree: string): readonly SourceFile[] =>
  readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[jt]s$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, tree, path), 'utf8');
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

const files = filesOf('src');
/** The modules that browsers receive. */
const browserFiles = filesOf('console');

/** The trees whose folders depend on each other in one direction only. */
const trees: ReadonlyMap<string, readonly SourceFile[]> = new Map([
  ['src', files],
  ['console', browserFiles],
  ...['bench', 'examples', 'tools'].map((tree) => [tree, filesOf(tree)] as const),
]);

/** The rooms that both ways of a request import: translation and forwarding. */
const belowBothWays = [
  'http/exchange',
  'http/body',
  'http/cloud',
  'http/answer',
  'media',
  'upstream',
  'compute',
  'schema',
  'config',
  'fault.ts',
];

/**
 * The rooms that each room may import besides itself; `http/` has six rooms of its own. Each room imports only rooms that stand
 * before it here, so that no circle can arise.
 */
const allowed: ReadonlyMap<string, readonly string[]> = new Map([
  ['login-reasons.ts', []],
  ['retirement-reasons.ts', []],
  ['fault-reasons.ts', ['login-reasons.ts', 'retirement-reasons.ts']],
  ['fault.ts', ['fault-reasons.ts']],
  ['xml', []],
  ['schema', ['xml', 'fault.ts', 'fault-reasons.ts']],
  ['compute', ['schema']],
  ['media', ['schema', 'xml', 'fault.ts']],
  ['config', []],
  ['need-reasons.ts', []],
  ['observe', ['config', 'schema', 'fault-reasons.ts', 'need-reasons.ts']],
  ['ledger', ['config', 'observe']],
  ['retirement', ['ledger', 'config', 'fault.ts', 'need-reasons.ts']],
  ['way-out', ['retirement', 'ledger', 'need-reasons.ts']],
  ['upstream', ['compute', 'schema', 'fault.ts', 'fault-reasons.ts', 'need-reasons.ts', 'config']],
  ['identity', ['upstream', 'media', 'schema', 'xml', 'fault.ts', 'fault-reasons.ts', 'need-reasons.ts']],
  [
    'http/exchange',
    [
      'retirement',
      'observe',
      'ledger',
      'media',
      'upstream',
      'compute',
      'fault.ts',
      'fault-reasons.ts',
      'need-reasons.ts',
    ],
  ],
  ['http/body', ['http/exchange', 'fault.ts']],
  ['http/cloud', ['http/exchange', 'http/body', 'observe', 'upstream', 'compute', 'schema', 'config', 'fault.ts']],
  [
    'http/answer',
    ['http/exchange', 'http/body', 'http/cloud', 'media', 'upstream', 'compute', 'schema', 'config', 'fault.ts'],
  ],
  ['http/translate', [...belowBothWays, 'fault-reasons.ts']],
  ['http/forward', belowBothWays],
  [
    'http/identity',
    ['http/exchange', 'http/body', 'http/cloud', 'http/answer', 'identity', 'upstream', 'config', 'fault.ts'],
  ],
  [
    'offline',
    [
      'http/exchange',
      'http/body',
      'http/cloud',
      'http/answer',
      'http/translate',
      'http/forward',
      'http/identity',
      'observe',
      'upstream',
      'compute',
      'schema',
      'config',
      'fault.ts',
      'need-reasons.ts',
    ],
  ],
  [
    'console',
    [
      'offline',
      'compute',
      'fault-reasons.ts',
      'way-out',
      'retirement',
      'ledger',
      'observe',
      'config',
      'need-reasons.ts',
    ],
  ],
  [
    'server',
    [
      'console',
      'http/exchange',
      'http/body',
      'http/cloud',
      'http/answer',
      'http/translate',
      'http/forward',
      'http/identity',
      'identity',
      'upstream',
      'compute',
      'observe',
      'retirement',
      'ledger',
      'config',
      'fault.ts',
      'need-reasons.ts',
    ],
  ],
  ['process', ['server', 'http/cloud', 'identity', 'upstream', 'ledger', 'observe', 'config']],
  [
    'cli',
    [
      'offline',
      'process',
      'server',
      'upstream',
      'compute',
      'config',
      'fault-reasons.ts',
      'need-reasons.ts',
      'ledger',
      'retirement',
      'way-out',
    ],
  ],
  ['main.ts', ['cli', 'process', 'server', 'config']],
]);

/** The one file that imports each library; Express's types are the border's. */
const importers: Readonly<Record<string, string>> = {
  'libxml2-wasm': 'xml/parse.ts',
  commander: 'cli/program/command-line.ts',
  'fast-xml-parser': 'upstream/faults/page-text.ts',
  xmlbuilder2: 'xml/skeleton.ts',
  'http-proxy-middleware': 'http/forward/by-proxy.ts',
  undici: 'http/cloud/connect/undici.ts',
  express: 'server/app/express-front.ts',
  winston: 'observe/log.ts',
  pg: 'ledger/postgres/connection.ts',
  'prom-client': 'observe/prometheus.ts',
  '@opentelemetry/api': 'observe/tracing/opentelemetry.ts',
  '@opentelemetry/sdk-trace-base': 'observe/tracing/opentelemetry.ts',
  '@opentelemetry/resources': 'observe/tracing/opentelemetry.ts',
  '@opentelemetry/exporter-trace-otlp-http': 'observe/tracing/opentelemetry.ts',
  '@opentelemetry/exporter-trace-otlp-proto': 'observe/tracing/opentelemetry.ts',
};

/** The one module that imports each library of the console in a browser. */
const browserImporters: Readonly<Record<string, string>> = {
  preact: 'html.js',
  htm: 'html.js',
  uplot: 'parts/chart/plot.js',
};

/** Folders that are catalogues: one file for each thing of the API. */
const catalogues: ReadonlySet<string> = new Set(['compute/operations']);
const mostFiles = 15;

const roomOf = (path: string): string => {
  const [top = '', below = ''] = path.split('/');
  return top === 'http' ? `http/${below}` : top;
};

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');

test('imports point one way', () => {
  assert.ok(files.length > 40);
  const rooms = [...allowed.keys()];
  for (const [room, goals] of allowed) {
    for (const goal of goals) assert.ok(rooms.indexOf(goal) < rooms.indexOf(room), `${room} stands before ${goal}`);
  }
  for (const { path, imports } of files) {
    const room = roomOf(path);
    for (const { target } of imports) {
      if (!target.startsWith('.')) continue;
      const goal = roomOf(relative(src, resolve(src, path, '..', target)));
      assert.ok(goal === room || allowed.get(room)?.includes(goal), `${path} imports ${target}`);
    }
  }
});

test('each library of the gateway is imported by one file, and has a page among the decisions', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const known = [...Object.keys(importers), ...Object.keys(browserImporters)];
  assert.deepEqual(Object.keys(dependencies).toSorted(), known.toSorted());
  const pages = readFileSync(join(root, 'docs/decisions/README.md'), 'utf8');
  for (const [tree, all, owners] of [
    ['src', files, importers],
    ['console', browserFiles, browserImporters],
  ] as const)
    for (const [library, importer] of Object.entries(owners)) {
      const found = all.filter(({ imports }) =>
        imports.some(({ target, isType }) => `${target}/`.startsWith(`${library}/`) && !isType),
      );
      assert.deepEqual(
        found.map(({ path }) => path),
        [importer],
        library,
      );
      assert.ok(pages.includes(library) && pages.includes(`${tree}/${importer}`), library);
    }
});

test('framework types stop at the border', () => {
  for (const { path, imports } of files) {
    if (path.startsWith('server/') || path.startsWith('http/')) continue;
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

/** Returns the folder of a file, or the file itself at the top of a tree, where a leaf such as fault.ts is no circle. */
const placeOf = (path: string): string => folderOf(path) || path;

/** The imports of a tree, types included, among places: its files, or their folders. */
function arrowsOf(
  tree: string,
  found: readonly SourceFile[],
  place: (path: string) => string,
): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const { path, imports } of found) {
    for (const { target } of imports) {
      const goal = relative(join(root, tree), resolve(root, tree, path, '..', target));
      if (!target.startsWith('.') || goal.startsWith('..')) continue;
      const [from, to] = [place(path), place(goal)];
      if (from !== to) arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
  }
  return arrows;
}

/** Assert that no way along the arrows comes back to where it began. */
function assertNoCircle(arrows: ReadonlyMap<string, ReadonlySet<string>>): void {
  const done = new Set<string>();
  const walk = (place: string, way: readonly string[]): void => {
    assert.ok(!way.includes(place), [...way, place].join(' > '));
    if (done.has(place)) return;
    for (const next of arrows.get(place) ?? []) walk(next, [...way, place]);
    done.add(place);
  };
  for (const place of arrows.keys()) walk(place, []);
}

for (const [tree, found] of trees) {
  test(`no two folders and no two files of ${tree} import each other, directly or indirectly`, () => {
    assert.ok(found.length > 5);
    assertNoCircle(arrowsOf(tree, found, placeOf));
    assertNoCircle(arrowsOf(tree, found, (path) => path));
  });
}

test('no room may import what it does not', () => {
  const used = new Set(
    files.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target.startsWith('.'))
        .map(({ target }) => `${roomOf(path)} > ${roomOf(relative(src, resolve(src, path, '..', target)))}`),
    ),
  );
  const unused = [...allowed]
    .flatMap(([room, goals]) => goals.map((goal) => `${room} > ${goal}`))
    .filter((arrow) => !used.has(arrow));
  assert.deepEqual(unused, []);
});

for (const [tree, found] of trees) {
  test(`no folder of ${tree} has more than ${mostFiles} files, catalogues aside`, () => {
    for (const [folder, held] of Map.groupBy(found, ({ path }) => folderOf(path))) {
      if (!catalogues.has(folder)) assert.ok(held.length <= mostFiles, `${folder}: ${held.length}`);
    }
  });

  test(`a file of ${tree} has one idea: at most 250 lines`, () => {
    for (const { path, text } of found) assert.ok(text.split('\n').length <= 250, path);
  });
}

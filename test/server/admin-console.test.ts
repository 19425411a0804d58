// Guards: `createConsole` of server/admin/console.ts, own-host.ts, and console.ts, files.ts and routes.ts of src/console.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { namedSettings } from '../../src/config/named-settings.ts';
import { needReasons } from '../../src/need-reasons.ts';
import { capacities } from '../../src/observe/capacities.ts';
import { isOwnHost } from '../../src/server/admin/own-host.ts';
import { makeCertificates } from '../promises/certificates.ts';
import { readPrometheus } from '../promises/prometheus-text.ts';
import { root } from '../support/documents.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { bearer, callAdmin, type AdminCall } from './admin-caller.ts';
import { readRaw } from './raw-answer.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-console-'));
after(() => rmSync(folder, { recursive: true }));

const token = 'CanaryToken-of-the-console';
const tokenFile = join(folder, 'token');
writeFileSync(tokenFile, token);

const pages = [
  '/console',
  '/console/gateway',
  '/console/reasons',
  '/console/reasons/path-v1.1',
  '/console/retirement',
  '/console/live',
  '/console/try',
  '/console/try/answer',
  '/console/api',
];
const routes = [
  '/api',
  '/api/gateway',
  '/api/limits',
  '/api/certificates',
  '/api/settings',
  '/api/reasons',
  '/api/retirement',
  '/api/retirement/windows',
  '/api/operations',
  '/api/exchanges',
  '/api/way-out',
  '/api/way-out/days',
  '/api/projects',
  '/api/projects/PROJECT',
  '/api/projects/PROJECT/days',
  '/api/clients',
  '/api/needs',
  '/api/retirement/plan',
  '/api/retirement/plan/rows',
  '/api/replicas',
];
const files = readdirSync(join(root, 'console'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(?:js|css|svg)$/.test(path),
);
const libraries = ['lib/preact.js', 'lib/preact-hooks.js', 'lib/htm.js', 'lib/uplot.js', 'lib/uplot.css'];

describe('a console whose guard is a token', () => {
  let gateway: TestGateway;
  let get: (path: string, given?: AdminCall) => ReturnType<typeof callAdmin>;
  before(async () => {
    gateway = await startTestGateway(refusingUrl, {
      GATEWAY_ADMIN_TOKEN_FILE: tokenFile,
      GATEWAY_ADMIN_NAMES: 'admin.example.org',
    });
    get = (path, given) => callAdmin(gateway.adminUrl, path, given);
  });
  after(() => gateway.stop());
  const proven = { headers: bearer(token) };
  const statusOf = async (Host: string): Promise<number> => (await get('/console', { headers: { Host } })).status;
  const documentOf = async (path: string): Promise<Record<string, unknown>> =>
    JSON.parse((await get(path, proven)).body) as Record<string, unknown>;

  test('shows its pages and their files without the token, because only a script can send one', async () => {
    for (const path of [...pages, ...[...files, ...libraries].map((file) => `/console/files/${file}`)])
      assert.equal((await get(path)).status, 200, path);
  });

  test('sends its scripts and styles line by line as they are, without comments', async () => {
    for (const file of files.filter((path) => !path.endsWith('.svg'))) {
      const sent = (await get(`/console/files/${file}`)).body.split('\n');
      const source = readFileSync(join(root, 'console', file), 'utf8').split('\n');
      assert.equal(sent.length, source.length, file);
      for (const [at, line] of sent.entries()) assert.ok(line === source[at] || line === '', `${file}:${at + 1}`);
      assert.doesNotMatch(sent.join('\n'), /^\s*\/\*\*?$/m, file);
    }
  });

  test('shows no data without the token, and counts each attempt', async () => {
    for (const path of routes) assert.deepEqual([path, (await get(path)).status], [path, 401]);
    const { samples } = readPrometheus((await get('/metrics')).body).get('gateway_admin_refused_total') ?? {};
    assert.equal(samples?.[0]?.value, routes.length);
  });

  test('tells a page whether its reader has proven who it is, and counts no attempt', async () => {
    const before = (await get('/metrics')).body.match(/^gateway_admin_refused_total .*$/m)?.[0];
    assert.equal((await get('/console/proof')).body, '{"isProven":false}\n');
    assert.equal((await get('/console/proof', proven)).body, '{"isProven":true}\n');
    assert.equal((await get('/metrics')).body.match(/^gateway_admin_refused_total .*$/m)?.[0], before);
  });

  test('has no page and no file by another path', async () => {
    for (const path of [
      '/console/',
      '/console/nothing',
      '/console/gateway/../api',
      '/console/reasons/a/b',
      '/console/files/',
      '/console/files/tsconfig.json',
      '/console/files/../package.json',
      '/console/files/%2e%2e/package.json',
      '/console/files/pages',
      '/api/',
      '/api/nothing',
      '/api/gateway.csv',
      '/api/settings.xml',
    ])
      assert.deepEqual([path, (await get(path, proven)).status], [path, 404]);
  });

  test('only reads, and answers HEAD as GET without the body', async () => {
    for (const path of ['/console', '/console/files/app.js', '/api/settings']) {
      const [asked, headed] = [await get(path, proven), await get(path, { ...proven, method: 'HEAD' })];
      assert.deepEqual([headed.status, headed.body], [200, '']);
      assert.equal(headed.headers['content-length'], asked.headers['content-length']);
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
        assert.equal((await get(path, { ...proven, method })).status, 405);
    }
  });

  test('allows a page nothing but its own files and its import map, and sets no cookie', async () => {
    for (const path of pages) {
      const { headers, body } = await get(path);
      const [, map = ''] = /<script type="importmap">([^]*?)<\/script>/.exec(body) ?? [];
      const hash = createHash('sha256').update(map).digest('base64');
      assert.equal(
        headers['content-security-policy'],
        `default-src 'self'; script-src 'self' 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'`,
      );
      assert.deepEqual(
        [headers['x-content-type-options'], headers['x-frame-options'], headers['referrer-policy']],
        ['nosniff', 'DENY', 'no-referrer'],
      );
      assert.deepEqual(body.match(/\b(?:https?:)?\/\/[\w.]+/g) ?? [], [], 'no other origin is named');
      assert.doesNotMatch(body, /\son\w+=|\sstyle=|<style/, 'nothing inline');
    }
    for (const path of [...pages, ...routes, '/console/files/app.js', '/console/proof']) {
      const { headers } = await get(path, proven);
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin', path);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
      assert.equal(headers['set-cookie'], undefined, path);
    }
  });

  test('sends a file compressed to who takes it, with a validator for each coding, and once only', async () => {
    for (const file of ['app.js', 'style.css', 'index.html']) {
      const path = `/console/files/${file}`;
      const plain = await get(path);
      const packed = await readRaw(gateway.adminUrl, path, { 'Accept-Encoding': 'br, gzip' });
      assert.deepEqual([packed.headers['content-encoding'], plain.headers['content-encoding']], ['gzip', undefined]);
      assert.equal(gunzipSync(packed.body).toString(), plain.body);
      assert.equal(packed.headers['vary'], 'Accept-Encoding');
      assert.notEqual(packed.headers['etag'], plain.headers['etag']);
      assert.match(String(plain.headers['etag']), /^"[\w-]{43}"$/);
      for (const known of [
        plain.headers['etag'],
        `"other", ${plain.headers['etag']}`,
        `W/${plain.headers['etag']}`,
        '*',
      ]) {
        const again = await get(path, { headers: { 'If-None-Match': String(known) } });
        assert.deepEqual([again.status, again.body, again.headers['etag']], [304, '', plain.headers['etag']]);
        assert.equal(again.headers['content-length'], undefined);
      }
      assert.equal((await get(path, { headers: { 'If-None-Match': '"other"' } })).status, 200);
      const refusing = await get(path, { headers: { 'Accept-Encoding': 'gzip;q=0, identity' } });
      assert.equal(refusing.headers['content-encoding'], undefined);
    }
  });

  test('sends at most 150 KB for all of its pages', async () => {
    const sent = await Promise.all(
      ['index.html', ...files, ...libraries].map((file) =>
        readRaw(gateway.adminUrl, `/console/files/${file}`, { 'Accept-Encoding': 'gzip' }),
      ),
    );
    const bytes = sent.reduce((sum, { body }) => sum + body.length, 0);
    assert.ok(bytes > 5000 && bytes < 150 * 1024, `${bytes} bytes`);
  });

  test('names all modules in its document, so that a browser reads them at once', async () => {
    const { body } = await get('/console');
    const named = [...body.matchAll(/(?:modulepreload" href|module" src)="\/console\/files\/([^"]+)"/g)];
    const modules = [...files, ...libraries].filter((file) => file.endsWith('.js'));
    assert.deepEqual(named.map(([, path = '']) => path).toSorted(), modules.toSorted());
  });

  test('is not shown by a name that is not its own, such as one of a foreign page', async () => {
    for (const host of ['evil.example', 'evil.example:9774', '127.0.0.1.evil.example', 'admin.example.org.evil', ''])
      for (const path of ['/console', '/api/settings', '/console/files/app.js']) {
        const { status, body } = await get(path, { headers: { ...bearer(token), Host: host } });
        assert.deepEqual([host, path, status], [host, path, host === '' ? status : 421]);
        assert.doesNotMatch(body, /evil/);
      }
    for (const host of ['localhost:9774', 'admin.example.org', 'ADMIN.example.org:80', '10.1.2.3', '[::1]:9774'])
      assert.equal((await get('/api', { headers: { ...bearer(token), Host: host } })).status, 200, host);
  });

  test('is shown by another name after a reload', async () => {
    assert.equal(gateway.reload({ GATEWAY_ADMIN_NAMES: 'second.example.org' }), true);
    assert.deepEqual([await statusOf('admin.example.org'), await statusOf('second.example.org')], [421, 200]);
    assert.equal(gateway.reload({ GATEWAY_ADMIN_NAMES: 'admin.example.org' }), true);
  });

  test('has the gateway, its limits and its settings as documents', async () => {
    const gatewayView = await documentOf('/api/gateway');
    assert.deepEqual(
      [gatewayView['version'], gatewayView['profile'], gatewayView['workers'], gatewayView['clouds']],
      [
        'test',
        'ecs',
        { serving: null, configured: 1, lost: 0 },
        [{ region: '', isUp: null, exchangedAt: null, profileFits: null }],
      ],
    );
    const { limits } = (await documentOf('/api/limits')) as { limits: readonly Record<string, unknown>[] };
    assert.deepEqual(
      limits.map(({ metric }) => metric),
      Object.keys(capacities),
    );
    assert.deepEqual(limits.find(({ metric }) => metric === 'gateway_turns')?.['settings'], [
      'upstream.connections',
      'exchanges.max',
    ]);
    assert.deepEqual(
      limits.filter(({ settings, limit }) => (limit === null) !== ((settings as readonly string[]).length === 0)),
      [],
      'each limit names its setting',
    );
    const { settings } = (await documentOf('/api/settings')) as { settings: readonly Record<string, unknown>[] };
    assert.deepEqual(
      settings.map(({ name }) => name),
      namedSettings.map(({ path }) => path.join('.')),
    );
    const shown = settings.find(({ name }) => name === 'admin.names');
    assert.deepEqual(
      [shown?.['value'], shown?.['source'], shown?.['variable']],
      [['admin.example.org'], 'environment', 'GATEWAY_ADMIN_NAMES'],
    );
    assert.deepEqual(await documentOf('/api/certificates'), { certificates: [] });
  });

  test('looks at a long If-None-Match only once', async () => {
    const headers = { 'If-None-Match': `${' '.repeat(3500)}x${' '.repeat(3500)},` };
    assert.equal((await get('/console', { headers })).status, 200);
  });

  test('has every reason with its cure', async () => {
    const { reasons } = (await documentOf('/api/reasons')) as {
      reasons: readonly { reason: string; breaks: boolean }[];
    };
    assert.deepEqual(reasons.map(({ reason }) => reason).toSorted(), Object.keys(needReasons).toSorted());
    const first = reasons.findIndex(({ breaks }) => !breaks);
    assert.ok(first === -1 || reasons.slice(first).every(({ breaks }) => !breaks), 'those that break come first');
  });

  test('lists its routes, and has each table as CSV', async () => {
    const { routes: listed } = (await documentOf('/api')) as {
      routes: readonly { path: string; list: string | null; form: string; method: string }[];
    };
    assert.deepEqual(
      listed.filter(({ form, method }) => form === 'document' && method === 'GET').map(({ path }) => path),
      routes,
    );
    for (const { path, list } of listed) {
      if (list === null) continue;
      const rows = (await documentOf(path))[list] as readonly object[];
      const { headers, body } = await get(`${path}.csv`, proven);
      assert.equal(headers['content-type'], 'text/csv; charset=utf-8; header=present');
      assert.equal(headers['content-disposition'], `attachment; filename="${path.split('/').at(-1)}.csv"`);
      assert.equal(body.split('\r\n')[0], Object.keys(rows[0] ?? {}).join(','), path);
    }
  });

  test('compresses long documents only', async () => {
    const packed = await readRaw(gateway.adminUrl, '/api/settings', { ...bearer(token), 'Accept-Encoding': 'gzip' });
    assert.equal(gunzipSync(packed.body).toString(), (await get('/api/settings', proven)).body);
    const short = await readRaw(gateway.adminUrl, '/api/gateway', { ...bearer(token), 'Accept-Encoding': 'gzip' });
    assert.equal(short.headers['content-encoding'], undefined);
    assert.equal(short.headers['cache-control'], 'no-store');
  });

  test('has the token in no page, no document and no line of the log', async () => {
    for (const path of [...pages, ...routes, ...routes.map((route) => `${route}.csv`), '/console/proof'])
      assert.doesNotMatch(JSON.stringify(await get(path, proven)), /Canary/i, path);
    assert.doesNotMatch(JSON.stringify(gateway.log), /Canary/i);
  });
});

test('no secret of a setting is in a page, a document or a table', async () => {
  const gateway = await startTestGateway(refusingUrl, {
    GATEWAY_ADMIN_TOKEN_FILE: tokenFile,
    GATEWAY_UPSTREAM_PROXY: 'http://operator:CanaryPassword@proxy.example:3128',
  });
  try {
    const headers = bearer(token);
    const { body } = await callAdmin(gateway.adminUrl, '/api/settings', { headers });
    assert.match(body, /"upstream\.proxy"[^{]*proxy\.example/);
    for (const path of [...pages, ...routes, ...routes.map((route) => `${route}.csv`)])
      assert.doesNotMatch(JSON.stringify(await callAdmin(gateway.adminUrl, path, { headers })), /Canary/, path);
  } finally {
    await gateway.stop();
  }
});

test('without a guard the console is shown to nobody, on loopback neither, and the answer names the settings', async () => {
  const gateway = await startTestGateway(refusingUrl);
  try {
    for (const path of [...pages, ...routes, '/console/files/app.js', '/console/proof']) {
      const { status, body } = await callAdmin(gateway.adminUrl, path);
      assert.deepEqual([path, status], [path, 403]);
      assert.match(body, /admin\.tokenFile.*admin\.tls\.clientCaFile/);
    }
  } finally {
    await gateway.stop();
  }
});

test('where only certificates are a proof, the pages themselves want one, and a browser with one needs no token', async () => {
  const certificates = makeCertificates();
  const authority = certificates.authority('operators');
  const server = certificates.issue(authority, 'gateway');
  const client = certificates.issue(authority, 'operator');
  const gateway = await startTestGateway(refusingUrl, {
    GATEWAY_ADMIN_TLS_CERT_FILE: server.certFile,
    GATEWAY_ADMIN_TLS_KEY_FILE: server.keyFile,
    GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: authority.certFile,
  });
  try {
    for (const path of ['/console', '/console/files/app.js', '/console/proof', '/api/settings']) {
      assert.deepEqual([path, (await callAdmin(gateway.adminUrl, path)).status], [path, 403]);
      assert.deepEqual([path, (await callAdmin(gateway.adminUrl, path, { client })).status], [path, 200]);
    }
    const { body: proof } = await callAdmin(gateway.adminUrl, '/console/proof', { client });
    assert.equal(proof, '{"isProven":true}\n');
    const { body } = await callAdmin(gateway.adminUrl, '/api/certificates', { client });
    const shown = JSON.parse(body) as { certificates: readonly { certificate: string; daysLeft: number }[] };
    assert.equal(shown.certificates[0]?.certificate, 'admin');
    assert.ok((shown.certificates[0]?.daysLeft ?? -1) >= 0);
  } finally {
    await gateway.stop();
    certificates.remove();
  }
});

test('a Host is known only as an address, as localhost, or as a name of the settings', () => {
  const known = [
    '127.0.0.1',
    '127.0.0.1:9774',
    '[::1]',
    '[::1]:9774',
    '192.0.2.1:1',
    'localhost',
    'LocalHost:9',
    'a.localhost',
    'gw.example:9774',
    'gw.example.',
  ];
  const unknown = [
    undefined,
    '',
    ':',
    'x',
    'localhost.evil.example',
    'evil.example',
    '127.0.0.1.',
    '1.2.3',
    '[::1',
    '::1',
    'gw.example:x',
    'a@gw.example',
    'gw.example:9774:1',
    '[evil.example]',
  ];
  for (const host of known) assert.ok(isOwnHost(host, ['GW.example']), host);
  for (const host of unknown) assert.ok(!isOwnHost(host, ['GW.example']), host);
});

test('the image has the files for browsers, which are not compiled', () => {
  assert.match(readFileSync(join(root, 'Dockerfile'), 'utf8'), /^COPY console console$/m);
  assert.match(readFileSync(join(root, '.dockerignore'), 'utf8'), /^!console$/m);
});

test('nothing of the console is loaded before its first reader', () => {
  const text = readFileSync(join(root, 'src/server/admin/console.ts'), 'utf8');
  assert.doesNotMatch(text, /^import (?!type).*console\/console/m);
});

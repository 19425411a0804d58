// Guards: apps.ts, limits.ts, `use` in caller-server.ts, cloud-certificates.ts and callers.ts, reload.ts.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { makeCertificates } from '../promises/certificates.ts';
import type { TestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { inTime, until } from '../support/in-time.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { gadget, rebuild, value, withCloud, withLostMembers, type Cloud, type Settings } from './reloaded.ts';

function lengthOf(list: unknown): number | undefined {
  return Array.isArray(list) ? list.length : undefined;
}

/** Read the name in the certificate that a port shows. */
function subjectAt(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
    socket.once('error', reject).once('secureConnect', () => {
      resolve(socket.getPeerCertificate().subject.CN);
      socket.destroy();
    });
  });
}

/** A setting of each family, and what shows that its new value is in use. */
const families: Readonly<
  Record<string, { readonly to: Settings; readonly shown: (gateway: TestGateway, cloud: Cloud) => Promise<unknown> }>
> = {
  'the profile': {
    to: { GATEWAY_UPSTREAM_PROFILE: 'nova' },
    shown: async (gateway, { bodies }) => {
      await call(gateway.url, withLostMembers);
      const { labels } = await value(gateway, 'gateway_build_info');
      return [bodies.at(-1)?.includes('accessIPv4'), labels['profile']];
    },
  },
  'the handling of members': {
    to: { GATEWAY_HANDLING: 'strict' },
    shown: async ({ url }) => (await call(url, withLostMembers)).status,
  },
  'the media type of answers': {
    to: { GATEWAY_REPLY_DEFAULT: 'json' },
    shown: async ({ url }) => (await call(url, rebuildRequest('xml'))).headers['content-type'],
  },
  notes: {
    to: { GATEWAY_NOTES_MAX: '1' },
    shown: async (gateway) => {
      const count = gateway.log.filter(({ event }) => event === 'exchange').length;
      await call(gateway.url, withLostMembers);
      await gateway.logged('exchange', count + 1);
      return lengthOf(gateway.log.findLast(({ event }) => event === 'exchange')?.fields['notes']);
    },
  },
  'the size of a body': {
    to: { GATEWAY_REQUEST_MAX_BYTES: '10' },
    shown: async ({ url }) => (await call(url, rebuild)).status,
  },
  'the memory of bodies': {
    to: { GATEWAY_REQUEST_MAX_TOTAL_BYTES: '1048576' },
    shown: async (gateway) => (await value(gateway, 'gateway_request_body_bytes_limit')).value,
  },
  turns: {
    to: { GATEWAY_EXCHANGES_MAX: '3', GATEWAY_EXCHANGES_MAX_WAITING: '4', GATEWAY_EXCHANGES_MAX_LONG_ANSWERS: '2' },
    shown: async (gateway) => {
      const names = ['gateway_turns_limit', 'gateway_waiting_limit', 'gateway_long_answers_limit'];
      return (await Promise.all(names.map((name) => value(gateway, name)))).map((sample) => sample.value);
    },
  },
  'the rate of a project': {
    to: { GATEWAY_PROJECTS_REQUESTS_PER_MINUTE: '1' },
    shown: async ({ url }) => {
      await call(url, gadget);
      return (await call(url, gadget)).status;
    },
  },
  'connections of callers': {
    to: { GATEWAY_CONNECTIONS_MAX: '1' },
    shown: async ({ url }) => {
      const port = Number(new URL(url).port);
      const sockets = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
      const ends = sockets.map(
        (socket) =>
          new Promise<string>((resolve) => {
            socket.once('data', () => resolve('served')).on('error', () => undefined);
            socket.once('close', () => resolve('closed')).write(`GET ${gadget.path} HTTP/1.1\r\nHost: x\r\n\r\n`);
          }),
      );
      const seen = (await Promise.all(ends)).toSorted((a, b) => a.localeCompare(b));
      for (const socket of sockets) socket.destroy();
      return seen;
    },
  },
  'trusted proxies': {
    to: { GATEWAY_TRUSTED_PROXIES: 'loopback' },
    shown: async ({ url }, { fields }) => {
      await call(url, { ...gadget, headers: { 'X-Forwarded-For': '192.0.2.7' } });
      return fields.at(-1)?.['x-forwarded-for'];
    },
  },
  'the URL for callers': {
    to: { GATEWAY_PUBLIC_URL: 'https://compute.example.org' },
    shown: async ({ url }) => (await call(url, rebuild)).headers['location']?.startsWith('https://compute.example.org'),
  },
  'the deadline': {
    to: { GATEWAY_EXCHANGES_TIMEOUT_MS: '20' },
    shown: async ({ url }, cloud) => {
      const release = cloud.hold();
      const timer = setTimeout(release, 1000);
      const { status } = await call(url, rebuild);
      clearTimeout(timer);
      release();
      return status;
    },
  },
};

const shownBefore: Readonly<Record<string, unknown>> = {
  'the profile': [false, 'ecs'],
  'the handling of members': 202,
  'the media type of answers': 'application/xml',
  notes: 2,
  'the size of a body': 202,
  'the memory of bodies': 134_217_728,
  turns: [128, 512, 1],
  'the rate of a project': 202,
  'connections of callers': ['served', 'served'],
  'trusted proxies': '127.0.0.1',
  'the URL for callers': false,
  'the deadline': 202,
};

const shownAfter: Readonly<Record<string, unknown>> = {
  'the profile': [true, 'nova'],
  'the handling of members': 400,
  'the media type of answers': 'application/json',
  notes: 1,
  'the size of a body': 413,
  'the memory of bodies': 1_048_576,
  turns: [3, 4, 2],
  'the rate of a project': 413,
  'connections of callers': ['closed', 'served'],
  'trusted proxies': '192.0.2.7, 127.0.0.1',
  'the URL for callers': true,
  'the deadline': 504,
};

describe('a reload changes', { concurrency: true }, () => {
  for (const [family, { to, shown }] of Object.entries(families)) {
    test(family, () =>
      withCloud({}, async (gateway, cloud) => {
        assert.deepEqual(await shown(gateway, cloud), shownBefore[family], 'before');
        assert.equal(gateway.reload(to), true);
        assert.deepEqual(await shown(gateway, cloud), shownAfter[family]);
      }),
    );
  }

  test('the time limit of a request, of an open connection too', () =>
    withCloud({}, async (gateway) => {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
      socket.write(`POST ${rebuild.path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n`);
      await until(async () => (await value(gateway, 'gateway_in_flight')).value === 1, 'the request is not read');
      gateway.reload({ GATEWAY_REQUEST_TIMEOUT_MS: '100' });
      const [answer] = (await inTime(once(socket, 'data'), 'no answer')) as [Buffer];
      assert.match(answer.toString(), /^HTTP\/1.1 408 /);
      socket.destroy();
    }));

  test('the time of idle connections of callers', () =>
    withCloud({}, async (gateway) => {
      gateway.reload({ GATEWAY_CONNECTIONS_KEEP_ALIVE_MS: '50' });
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').resume();
      socket.write(`GET ${gadget.path} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await inTime(once(socket, 'end'), 'the connection stays open');
    }));

  test('the share of a project', () =>
    withCloud({ GATEWAY_EXCHANGES_MAX: '4', GATEWAY_PROJECTS_MAX_SHARE: '25' }, async (gateway, cloud) => {
      const release = cloud.hold();
      const running = Array.from({ length: 4 }, () => call(gateway.url, rebuild));
      await until(async () => (await value(gateway, 'gateway_waiting')).value === 3, 'none waits');
      assert.equal(cloud.bodies.length, 1);
      gateway.reload({ GATEWAY_PROJECTS_MAX_SHARE: '75' });
      await until(() => cloud.bodies.length === 3, 'the share is the former one');
      release();
      await Promise.all(running);
    }));

  test('the certificate for callers, under another name of its files', async () => {
    const certificates = makeCertificates();
    after(() => certificates.remove());
    const authority = certificates.authority('authority');
    const [one, other] = ['one', 'other'].map((name) => certificates.issue(authority, name));
    const filesOf = (issued: typeof one): Settings => ({
      GATEWAY_TLS_CERT_FILE: issued?.certFile ?? '',
      GATEWAY_TLS_KEY_FILE: issued?.keyFile ?? '',
    });
    await withCloud(filesOf(one), async (gateway) => {
      assert.equal(await subjectAt(gateway.url), 'one');
      assert.equal(gateway.reload(filesOf(other)), true);
      assert.equal(await subjectAt(gateway.url), 'other');
    });
  });
});

test('a wrong configuration is refused with all its mistakes in one line, and the former one stays', () =>
  withCloud({}, async (gateway, cloud) => {
    assert.equal(
      gateway.reload({ GATEWAY_UPSTREAM_URL: 'nonsense', GATEWAY_NOTES_MAX: '0', GATEWAY_HANDLING: 'strict' }),
      false,
    );
    const lines = gateway.log.filter(({ event }) => event === 'configuration not read again');
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.level, 'error');
    assert.equal(lengthOf(lines[0]?.fields['mistakes']), 2);
    assert.equal((await value(gateway, 'gateway_last_reload_successful')).value, 0);
    assert.equal((await call(gateway.url, withLostMembers)).status, 202, 'nothing of it is in use');
    assert.equal(gateway.reload({ GATEWAY_UPSTREAM_URL: cloud.url, GATEWAY_NOTES_MAX: '1' }), true);
    assert.equal((await value(gateway, 'gateway_last_reload_successful')).value, 1);
    assert.equal((await call(gateway.url, withLostMembers)).status, 400);
  }));

test('files that cannot be used refuse the reload, all of them in one line', () =>
  withCloud({}, async (gateway) => {
    assert.equal(
      gateway.reload({
        GATEWAY_NOTES_MAX: '1',
        GATEWAY_UPSTREAM_TLS_CA_FILE: '/missing/ca.crt',
        GATEWAY_UPSTREAM_PROXY: 'environment',
        http_proxy: 'ftp://proxy',
      }),
      false,
    );
    const line = gateway.log.find(({ event }) => event === 'configuration not read again');
    assert.match(String(line?.fields['mistakes']), /GATEWAY_UPSTREAM_TLS_CA_FILE: .+http_proxy/);
  }));

test('settings that need a restart are named in one warning, and all others are in use', () =>
  withCloud({}, async (gateway) => {
    assert.equal(gateway.reload({ GATEWAY_PORT: '1', GATEWAY_WORKERS: '2', GATEWAY_HANDLING: 'strict' }), true);
    const [warning, ...more] = gateway.log.filter(({ level }) => level === 'warn');
    assert.deepEqual(warning, {
      level: 'warn',
      event: 'changed settings need a restart',
      fields: { settings: ['port', 'workers'] },
    });
    assert.deepEqual(more, []);
    assert.equal((await call(gateway.url, withLostMembers)).status, 400);
  }));

test('a cloud at the port in use is refused, whatever port the file has now', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  // A server that listens on a port has such an address.
  const port = String((probe.address() as AddressInfo).port);
  probe.close();
  await withCloud({ GATEWAY_PORT: port }, async (gateway) => {
    assert.equal(gateway.reload({ GATEWAY_PORT: '0', GATEWAY_UPSTREAM_URL: `http://127.0.0.1:${port}` }), false);
    const line = gateway.log.find(({ event }) => event === 'configuration not read again');
    assert.match(String(line?.fields['mistakes']), /the gateway's own GATEWAY_PORT/);
    assert.equal((await call(gateway.url, rebuild)).status, 202);
  });
});

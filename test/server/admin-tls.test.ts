// Guards: `proveByCertificate` of proofs.ts, `adminTls` of tls-files.ts, and the limits and `close` of createAdmin in admin.ts.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { makeCertificates, type Issued } from '../promises/certificates.ts';
import { readPrometheus } from '../promises/prometheus-text.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { inTime } from '../support/in-time.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { bearer, callAdmin } from './admin-caller.ts';

const certificates = makeCertificates();
const folder = mkdtempSync(join(tmpdir(), 'gateway-admin-'));
after(() => {
  certificates.remove();
  rmSync(folder, { recursive: true });
});
const authority = certificates.authority('operators');
const others = certificates.authority('others');
const own = certificates.issue(others, 'gateway');
const client = certificates.issue(authority, 'operator');
const stranger = certificates.issue(others, 'stranger');
const expired = certificates.issue(authority, 'expired', { days: -1 });
const token = 'a-token-of-operators';
const tokenFile = join(folder, 'token');
writeFileSync(tokenFile, token);

/** Copy a file, so that a test may overwrite it. */
function copied(path: string, name: string): string {
  const copy = join(folder, name);
  copyFileSync(path, copy);
  return copy;
}

function settingsOf({ certFile, keyFile }: Issued, more: Readonly<Record<string, string>> = {}) {
  return { GATEWAY_ADMIN_TLS_CERT_FILE: certFile, GATEWAY_ADMIN_TLS_KEY_FILE: keyFile, ...more };
}

const guarded = settingsOf(own, { GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: authority.certFile });

async function withGateway(
  settings: Readonly<Record<string, string>>,
  play: (gateway: TestGateway) => Promise<void>,
): Promise<void> {
  const gateway = await startTestGateway(refusingUrl, settings);
  try {
    await play(gateway);
  } finally {
    await gateway.stop();
  }
}

async function statusOf({ adminUrl }: TestGateway, given: Parameters<typeof callAdmin>[2] = {}): Promise<number> {
  return (await callAdmin(adminUrl, '/config', given)).status;
}

describe('an admin port with a certificate', { concurrency: true }, () => {
  test('speaks TLS only, and shows health and metrics to clients without a certificate', () =>
    withGateway(guarded, async ({ adminUrl }) => {
      assert.match(adminUrl, /^https:/);
      for (const path of ['/livez', '/readyz', '/healthcheck', '/metrics'])
        assert.deepEqual([path, (await callAdmin(adminUrl, path)).status], [path, 200]);
      await assert.rejects(callAdmin(adminUrl.replace('https:', 'http:'), '/livez'), /ECONNRESET|socket hang up/);
    }));

  test('shows everything else only to a client certificate of its authority', () =>
    withGateway(guarded, async (gateway) => {
      assert.equal(await statusOf(gateway, { client }), 200);
      for (const path of ['/config', '/other']) {
        const { status, headers, body } = await callAdmin(gateway.adminUrl, path);
        assert.deepEqual([status, headers['connection']], [403, 'close']);
        assert.equal(body, 'refused: use a client certificate of an authority in admin.tls.clientCaFile\n');
      }
      assert.deepEqual(
        [await statusOf(gateway, { client: stranger }), await statusOf(gateway, { client: expired })],
        [403, 403],
      );
      assert.equal((await callAdmin(gateway.adminUrl, '/other', { client })).status, 404);
    }));

  test('shows nothing else to anybody without clientCaFile, and with a token no certificate opens it', async () => {
    await withGateway(settingsOf(own), async (gateway) => {
      const { status, body } = await callAdmin(gateway.adminUrl, '/config', { client });
      assert.equal(status, 403);
      assert.match(body, /admin\.tokenFile.*admin\.tls\.clientCaFile/);
    });
    await withGateway(settingsOf(own, { GATEWAY_ADMIN_TOKEN_FILE: tokenFile }), async (gateway) => {
      assert.deepEqual(
        [await statusOf(gateway, { client }), await statusOf(gateway, { headers: bearer(token) })],
        [401, 200],
      );
    });
  });

  test('takes the token or a certificate, if both are set', () =>
    withGateway({ ...guarded, GATEWAY_ADMIN_TOKEN_FILE: tokenFile }, async (gateway) => {
      assert.equal(await statusOf(gateway, { client }), 200);
      assert.equal(await statusOf(gateway, { headers: bearer(token) }), 200);
      assert.equal(await statusOf(gateway, { client, headers: bearer('another-token-here') }), 200);
      assert.equal(await statusOf(gateway, { client: stranger, headers: bearer('another-token-here') }), 401);
      const { status, body } = await callAdmin(gateway.adminUrl, '/config');
      assert.equal(status, 401);
      assert.match(body, /^refused: send the token .*, or use a client certificate /);
    }));
});

// With session tickets, node before 24.21 calls a client without a certificate authorized once its TLS 1.3 session is resumed, and
// every node calls one authorized whose certificate was good when the session began. SSL_OP_NO_TICKET of tls-files.ts is the guard.
describe('no session of TLS replaces a certificate', { concurrency: true }, () => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    test(`of a client without one, in ${version}`, () =>
      withGateway(guarded, async ({ adminUrl, reload }) => {
        for (const path of ['/livez', '/config']) {
          const first = await callAdmin(adminUrl, path, { version });
          const again = await callAdmin(adminUrl, '/config', { version, session: first.session });
          assert.deepEqual([again.status, again.isResumed], [403, false]);
          reload();
        }
      }));

    test(`of a client that had a good one, in ${version}`, () =>
      withGateway(guarded, async ({ adminUrl, reload }) => {
        for (let round = 0; round < 2; round += 1) {
          const first = await callAdmin(adminUrl, '/config', { version, client });
          assert.equal(first.status, 200);
          const without = await callAdmin(adminUrl, '/config', { version, session: first.session });
          assert.deepEqual([without.status, without.isResumed], [403, false]);
          const again = await callAdmin(adminUrl, '/config', { version, client, session: first.session });
          assert.equal(again.status, 200);
          reload();
        }
      }));
  }
});

describe('the files of TLS for the admin port are read again', { concurrency: true }, () => {
  test('its certificate, with its expiry in the metrics; a broken file changes nothing', async () => {
    const files = { certFile: copied(own.certFile, 'own.crt'), keyFile: copied(own.keyFile, 'own.key') };
    await withGateway(settingsOf(files), async (gateway) => {
      const { adminUrl } = gateway;
      const metrics = async (): Promise<readonly (number | undefined)[]> => {
        const read = readPrometheus((await callAdmin(adminUrl, '/metrics')).body);
        const expiry = read
          .get('gateway_certificate_expiry_timestamp_seconds')
          ?.samples.find(({ labels }) => labels['certificate'] === 'admin');
        return [read.get('gateway_last_reload_successful')?.samples[0]?.value, expiry?.value];
      };
      const subject = async (): Promise<string | undefined> => (await callAdmin(adminUrl, '/livez')).subject;
      const [isGood, expiry = 0] = await metrics();
      assert.deepEqual([isGood, await subject()], [1, 'gateway']);
      writeFileSync(files.certFile, 'broken');
      assert.equal(gateway.reload(), false);
      assert.deepEqual([await metrics(), await subject()], [[0, expiry], 'gateway']);
      const next = certificates.issue(others, 'next', { days: 9 });
      copyFileSync(next.keyFile, files.keyFile);
      copyFileSync(next.certFile, files.certFile);
      gateway.reload();
      await gateway.logged('certificate of the admin port read again', 1);
      const [isGoodAgain, later = 0] = await metrics();
      assert.deepEqual([isGoodAgain, await subject()], [1, 'next']);
      assert.ok(later > expiry);
    });
  });

  test('its certificate, by a change of the file alone; a broken file changes nothing', async () => {
    const files = { certFile: copied(own.certFile, 'seen.crt'), keyFile: copied(own.keyFile, 'seen.key') };
    await withGateway(settingsOf(files), async (gateway) => {
      const next = certificates.issue(others, 'next');
      writeFileSync(files.certFile, 'broken');
      await gateway.logged('certificate of the admin port cannot be read', 1);
      assert.equal((await callAdmin(gateway.adminUrl, '/livez')).subject, 'gateway');
      copyFileSync(next.keyFile, files.keyFile);
      copyFileSync(next.certFile, files.certFile);
      await gateway.logged('certificate of the admin port read again', 1);
      assert.equal((await callAdmin(gateway.adminUrl, '/livez')).subject, 'next');
    });
  });

  test('the authorities of clients: whoever was accepted by the former ones is not any more, on open connections too', async () => {
    const clientCaFile = copied(authority.certFile, 'clients.crt');
    await withGateway({ ...guarded, GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: clientCaFile }, async (gateway) => {
      const both = async (): Promise<readonly number[]> => [
        await statusOf(gateway, { client }),
        await statusOf(gateway, { client: stranger }),
      ];
      const open = await openConnection(gateway.adminUrl, client);
      assert.match(await open.ask(), /^HTTP\/1\.1 200 /);
      writeFileSync(clientCaFile, readFileSync(others.certFile, 'utf8').slice(0, -100));
      assert.equal(gateway.reload(), false);
      assert.match(await open.ask(), /^HTTP\/1\.1 200 /);
      // A connection with a request that has begun is not idle, and so stays open.
      open.begin();
      assert.deepEqual(await both(), [200, 403]);
      copyFileSync(others.certFile, clientCaFile);
      gateway.reload();
      await gateway.logged('certificate of the admin port read again', 1);
      assert.match(await open.finish(), /^HTTP\/1\.1 403 /);
      assert.deepEqual(await both(), [403, 200]);
    });
  });
});

/** A connection with a client certificate, which stays open behind an answer. */
async function openConnection(url: string, { certFile, keyFile }: Issued) {
  const socket = connectTls({
    port: Number(new URL(url).port),
    rejectUnauthorized: false,
    cert: readFileSync(certFile),
    key: readFileSync(keyFile),
  });
  socket.on('error', () => undefined).setEncoding('utf8');
  await inTime(new Promise((resolve) => socket.once('secureConnect', resolve)));
  const request = 'GET /config HTTP/1.1\r\nHost: admin\r\n\r\n';
  /** Write, and read until the end of a page or of the connection. */
  const exchange = (text: string): Promise<string> =>
    inTime(
      new Promise((resolve) => {
        let answer = '';
        const done = (): void => {
          socket.removeAllListeners('data').removeListener('close', done);
          resolve(answer);
        };
        socket.once('close', done).on('data', (part: string) => {
          answer += part;
          const [, length] = /\r\nContent-Length: (\d+)\r\n/.exec(answer) ?? [];
          // All pages are ASCII.
          if (length !== undefined && answer.split('\r\n\r\n')[1]?.length === Number(length)) done();
        });
        socket.write(text);
      }),
      'there is no answer',
    );
  return {
    ask: () => exchange(request),
    begin: () => socket.write(request.slice(0, 20)),
    finish: () => exchange(request.slice(20)),
  };
}

/** Connect without a handshake; resolves when the connection has been closed. */
function dial({ adminUrl }: TestGateway): Promise<unknown> {
  const socket = connect(Number(new URL(adminUrl).port), '127.0.0.1').on('error', () => undefined);
  return inTime(new Promise((resolve) => socket.once('close', resolve)));
}

describe('a client that does not finish its handshake', { concurrency: true }, () => {
  test('is disconnected', () => withGateway(guarded, async (gateway) => void (await dial(gateway))));

  test('does not delay the end', async () => {
    const gateway = await startTestGateway(refusingUrl, guarded);
    const opened = performance.now();
    const closed = dial(gateway);
    // The answer shows that the earlier connection has been accepted.
    assert.equal((await callAdmin(gateway.adminUrl, '/livez')).status, 200);
    await gateway.stop();
    await closed;
    // Without the guard it would be the time that a handshake may take.
    assert.ok(performance.now() - opened < 5000);
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { createPostgresStore } from '../../src/ledger/postgres/postgres-store.ts';
import { LedgerStoreError } from '../../src/ledger/store-error.ts';
import { root } from '../support/documents.ts';
import { inTime, until } from '../support/in-time.ts';
import { makeCertificates, type Issued } from '../promises/certificates.ts';
import { aRun } from './some-counts.ts';
import { databaseOf, databasePassword, startPostgres, whyNoPostgres, type RealPostgres } from './start-postgres.ts';

const skip = whyNoPostgres();
const certificates = makeCertificates();
const authority = certificates.authority('ours');
const other = certificates.authority('theirs');
const client = certificates.issue(authority, 'gateway');
let server: RealPostgres;

before(async () => {
  if (skip === false) server = await startPostgres();
});
after(async () => {
  if (skip === false) await server.stop();
  certificates.remove();
});

const limits = { connectMs: 4_000, workMs: 4_000, waitMs: 6_000, idleMs: 60_000 };

/** Connect with this mode, and return how the database sees the connection. */
async function connect(url: string, parameters: Readonly<Record<string, string>>): Promise<unknown> {
  const store = createPostgresStore(`${url}?${new URLSearchParams(parameters).toString()}`, { limits });
  try {
    await store.write(aRun('run'), []);
    const [seen] = await server.query(
      'postgres',
      `SELECT ssl, client_dn FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = '${databaseOf(url)}'`,
    );
    return seen;
  } finally {
    await store.close();
    const isGone = async () =>
      (await server.query('postgres', `SELECT FROM pg_stat_activity WHERE datname = '${databaseOf(url)}'`)).length ===
      0;
    await until(isGone, 'still connected');
  }
}

const refused =
  (code: RegExp, isLasting = true) =>
  (error: unknown): true => {
    assert.ok(error instanceof LedgerStoreError, String(error));
    assert.match(error.code, code, error.message);
    assert.equal(error.isLasting, isLasting, error.message);
    assert.doesNotMatch(error.message, /w\?rd|w%3Frd/);
    return true;
  };

test('a database without TLS is used only where the URL says so', { skip }, async () => {
  const url = await server.create();
  assert.deepEqual(await connect(url, {}), { ssl: false, client_dn: null });
  assert.deepEqual(await connect(url, { sslmode: 'disable' }), { ssl: false, client_dn: null });
  for (const sslmode of ['require', 'verify-full']) await assert.rejects(connect(url, { sslmode }), refused(/^ETLS$/));
});

test(
  'each sslmode verifies what it says: nothing, the authority, or the authority and the name',
  { skip },
  async () => {
    const url = await server.create();
    const tls = { ssl: true, client_dn: null };
    const secure = async ({ certFile, keyFile }: Issued): Promise<void> =>
      server.secure(certFile, keyFile, authority.certFile);
    const sslrootcert = authority.certFile;

    await secure(certificates.issue(authority, 'database'));
    assert.deepEqual(await connect(url, { sslmode: 'require' }), tls);
    assert.deepEqual(await connect(url, { sslmode: 'require', sslrootcert }), tls);
    assert.deepEqual(await connect(url, { sslmode: 'verify-ca', sslrootcert }), tls);
    assert.deepEqual(await connect(url, { sslmode: 'verify-full', sslrootcert }), tls);
    await assert.rejects(connect(url, { sslmode: 'verify-full' }), refused(/^(?:UNABLE_TO_|SELF_SIGNED)/));
    const sslcert = client.certFile;
    const withCertificate = await connect(url, {
      sslmode: 'verify-full',
      sslrootcert,
      sslcert,
      sslkey: client.keyFile,
    });
    assert.deepEqual(withCertificate, { ssl: true, client_dn: '/CN=gateway' });

    await secure(certificates.issue(authority, 'database', { names: 'DNS:elsewhere.example' }));
    assert.deepEqual(await connect(url, { sslmode: 'verify-ca', sslrootcert }), tls);
    await assert.rejects(
      connect(url, { sslmode: 'verify-full', sslrootcert }),
      refused(/^ERR_TLS_CERT_ALTNAME_INVALID$/),
    );

    await secure(certificates.issue(other, 'database'));
    assert.deepEqual(await connect(url, { sslmode: 'require' }), tls);
    for (const sslmode of ['require', 'verify-ca', 'verify-full'])
      await assert.rejects(connect(url, { sslmode, sslrootcert }), refused(/^UNABLE_TO_/));
  },
);

/** Listen on a free port, and count the connections that are open. */
async function listen(serve: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    serve(socket);
    socket.resume();
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  return { listener, sockets, url: `postgres://gateway:${encodeURIComponent(databasePassword)}@127.0.0.1:${port}/db` };
}

const silent = (): undefined => undefined;

test('whatever answers in place of a database, each call ends in time, and no connection stays', async () => {
  const answers: readonly ((socket: Socket) => void)[] = [
    silent,
    (socket) => void socket.once('data', () => socket.write('S')),
    (socket) => void socket.once('data', () => socket.write('N')),
    (socket) => void socket.once('data', () => socket.end()),
    (socket) => void socket.destroy(),
    (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
    // A message of 2 GB that never ends.
    (socket) => void socket.once('data', () => socket.write(Buffer.from([0x52, 0x7f, 0xff, 0xff, 0xff]))),
    // The error of a server that starts.
    (socket) =>
      void socket.once('data', () =>
        socket.write(message('E', 'SFATAL\0C57P03\0Mthe database system is starting up\0\0')),
      ),
  ];
  for (const answer of answers) {
    const { listener, sockets, url } = await listen(answer);
    for (const sslmode of ['disable', 'require']) {
      const store = createPostgresStore(`${url}?sslmode=${sslmode}`, { limits: { ...limits, connectMs: 200 } });
      await assert.rejects(store.write(aRun('run'), []), (error: unknown) => error instanceof LedgerStoreError);
      await assert.rejects(store.runs(), (error: unknown) => error instanceof LedgerStoreError);
      await store.close();
    }
    await until(() => sockets.size === 0, 'a connection is open');
    listener.close();
  }
});

function message(type: string, text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

test('a process that has nothing else to do ends, with an idle connection of either kind', { skip }, async () => {
  await server.secure(...serverFiles(certificates.issue(authority, 'database')));
  const url = await server.create();
  for (const sslmode of ['disable', 'require']) {
    const script = `
      import { createPostgresStore } from ${JSON.stringify(join(root, 'src/ledger/postgres/postgres-store.ts'))};
      const limits = { connectMs: 4000, workMs: 4000, waitMs: 6000, idleMs: 3600000 };
      await createPostgresStore(${JSON.stringify(`${url}?sslmode=${sslmode}`)}, { limits }).runs();
      console.log('read');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = await Promise.all([text(child.stdout), inTime(once(child, 'exit'), 'the process has not ended')]);
    assert.equal(output, 'read\n');
  }
});

function serverFiles({ certFile, keyFile }: Issued): [string, string, string] {
  return [certFile, keyFile, authority.certFile];
}

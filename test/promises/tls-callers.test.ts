// Guards: src/server/caller-server.ts (TLS where there is a certificate; `reload` keeps the old one; `watchFile`), the SIGHUP of
// src/main.ts, `request.protocol` behind public-url.ts, and `trust proxy` of src/server/app/app.ts.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type TLSSocket } from 'node:tls';
import { after, describe, test } from 'node:test';
import { serving, spawnGateway, type GatewayProcess } from '../process/gateway-process.ts';
import { startTestGateway } from '../support/gateway.ts';
import { inTime } from '../support/in-time.ts';
import { makeCertificates, type Issued } from './certificates.ts';
import { dial } from './dialled.ts';
import { speak, startWireCloud } from './hostile-wire.ts';

const certificates = makeCertificates();
after(() => certificates.remove());
const authority = certificates.authority('caller authority');
const ca = readFileSync(authority.certFile);
const first = certificates.issue(authority, 'first');
const second = certificates.issue(authority, 'second');
const cloudServer = '{"server":{"id":"s","name":"n","links":[{"rel":"self","href":"http://cloud/v2.1/p/servers/s"}]}}';
const cloudAnswer = (body: string, more = ''): string =>
  `HTTP/1.1 201 Made\r\nContent-Type: application/json\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;

/** The names of the files that a gateway reads, with the content of a certificate's. */
function filesOf({ certFile, keyFile }: Issued, name: string): Issued {
  return {
    certFile: certificates.file(`${name}.crt`, readFileSync(certFile, 'utf8')),
    keyFile: certificates.file(`${name}.key`, readFileSync(keyFile, 'utf8')),
  };
}

function replace(files: Issued, { certFile, keyFile }: Issued): void {
  copyFileSync(keyFile, files.keyFile);
  copyFileSync(certFile, files.certFile);
}

function settingsOf({ certFile, keyFile }: Issued): Record<string, string> {
  return { GATEWAY_TLS_CERT_FILE: certFile, GATEWAY_TLS_KEY_FILE: keyFile };
}

/** A checked connection, and the subject of the certificate that it was given. */
async function open(url: string): Promise<{ readonly socket: TLSSocket; readonly subject: string }> {
  const { port } = new URL(url);
  const socket = connect({ host: '127.0.0.1', port: Number(port), ca, servername: 'localhost' });
  await inTime(new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject)));
  return { socket, subject: String(socket.getPeerCertificate().subject.CN) };
}

async function subjectAt(url: string): Promise<string> {
  const { socket, subject } = await open(url);
  socket.destroy();
  return subject;
}

/** Ask on an open connection, and give the whole answer. */
function ask(socket: TLSSocket, path: string, headers = ''): Promise<string> {
  const answer = new Promise<string>((resolve, reject) => {
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const [head = '', body] = text.split('\r\n\r\n');
      if (body === undefined || body.length < Number(/content-length: (\d+)/i.exec(head)?.[1])) return;
      socket.off('data', take);
      resolve(text);
    };
    socket.on('data', take).once('close', () => reject(new Error(`closed after: ${text}`)));
  });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: compute.example:8443\r\nAccept: application/json\r\n${headers}\r\n`);
  return inTime(answer, 'no answer');
}

describe('the port for callers speaks TLS where there is a certificate', () => {
  for (const [what, proxies, expected] of [
    ['nobody is trusted', '', 'https://compute.example:8443'],
    ['another address is trusted', '10.0.0.0/8,192.0.2.1', 'https://compute.example:8443'],
    ['the address of the caller is trusted', '127.0.0.1', 'http://evil.example'],
  ] as const) {
    test(`and links and Location are of https where ${what}, whatever X-Forwarded-* says`, async () => {
      const location = 'Location: http://cloud/v2.1/p/os-gadgets/7\r\n';
      const cloud = await startWireCloud(({ start }) =>
        start.includes('os-gadgets') ? cloudAnswer('{}', location) : cloudAnswer(cloudServer).replace('201', '200'),
      );
      const gateway = await startTestGateway(cloud.url, { ...settingsOf(first), GATEWAY_TRUSTED_PROXIES: proxies });
      const { socket } = await open(gateway.url);
      try {
        assert.match(gateway.url, /^https:/);
        const claims = 'X-Forwarded-Proto: http\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-For: 10.0.0.1\r\n';
        assert.ok((await ask(socket, '/v2/p/servers/s', claims)).includes(`"${expected}/v2/p/servers/s"`));
        assert.ok((await ask(socket, '/v2/p/os-gadgets', claims)).includes(`${expected}/v2/p/os-gadgets/7\r\n`));
      } finally {
        socket.destroy();
        await gateway.stop();
        await cloud.stop();
      }
    });
  }

  test('and answers plain HTTP on it by closing the connection, and the cloud hears nothing', async () => {
    const cloud = await startWireCloud();
    const gateway = await startTestGateway(cloud.url, settingsOf(first));
    try {
      const url = gateway.url.replace('https', 'http');
      const { text, isClosed } = await speak(url, 'GET /v2/p/os-x HTTP/1.1\r\nHost: h\r\n\r\n');
      assert.ok(isClosed && !text.includes('HTTP/1.1 200'));
      assert.equal(cloud.connections(), 0);
      assert.equal(await subjectAt(gateway.url), 'first');
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});

/** Play with a process in TLS, in front of a cloud that answers; everything that it logs may be seen by others. */
async function withProcess(
  play: (gateway: GatewayProcess, url: string, files: Issued) => Promise<void>,
  name: string,
): Promise<void> {
  const cloud = await startWireCloud();
  const files = filesOf(first, name);
  const gateway = spawnGateway(serving(cloud.url, settingsOf(files)));
  try {
    const { url } = await gateway.ready();
    await play(gateway, url, files);
    assert.doesNotMatch(gateway.stdout() + gateway.stderr(), /PRIVATE|BEGIN/);
  } finally {
    gateway.kill();
    await cloud.stop();
  }
}

/** The bytes of callers whose TLS handshake never ends. */
const unfinished = {
  'says nothing': '',
  // A record of a ClientHello of 512 bytes, and its first byte.
  'breaks off in its first message': '160301020001',
} as const;

for (const [what, hex] of Object.entries(unfinished)) {
  describe(`a caller in TLS that ${what}`, () => {
    // Holds handshakeTimeout of src/server/caller-server.ts.
    test('is ended by the limit for headers', async () => {
      const gateway = await startTestGateway('http://127.0.0.1:1', {
        ...settingsOf(first),
        GATEWAY_REQUEST_HEADERS_TIMEOUT_MS: '300',
      });
      try {
        const caller = await dial(gateway.url);
        caller.socket.write(Buffer.from(hex, 'hex'));
        await inTime(caller.ended, 'the connection stays open');
      } finally {
        await gateway.stop();
      }
    });

    // Holds `sockets` of src/server/callers.ts: node's own lists know no connection before its handshake.
    test('does not keep the process from ending within its limit', async () => {
      const settings = { ...settingsOf(first), GATEWAY_SHUTDOWN_TIMEOUT_MS: '300' };
      const gateway = spawnGateway(serving('http://127.0.0.1:1', settings));
      try {
        const { url } = await gateway.ready();
        const caller = await dial(url);
        caller.socket.write(Buffer.from(hex, 'hex'));
        // Connections are accepted in order: where a later one is answered, the process holds this one.
        assert.equal(await subjectAt(url), 'first');
        gateway.child.kill('SIGTERM');
        assert.equal(await gateway.ended(), 0);
        await inTime(caller.ended, 'the connection stays open');
      } finally {
        gateway.kill();
      }
    });
  });
}

describe('the certificate is read again, and no connection is dropped', { concurrency: true }, () => {
  test('on SIGHUP', () =>
    withProcess(async (gateway, url, files) => {
      const { socket, subject } = await open(url);
      assert.equal(subject, 'first');
      assert.match(await ask(socket, '/v2/p/os-x'), / 200 /);
      replace(files, second);
      gateway.child.kill('SIGHUP');
      await gateway.logged('certificate read again');
      assert.equal(await subjectAt(url), 'second');
      assert.match(await ask(socket, '/v2/p/os-x'), / 200 /, 'the open connection goes on');
      socket.destroy();
    }, 'hup'));

  test('when the files change, without a signal', () =>
    withProcess(async (gateway, url, files) => {
      const { socket } = await open(url);
      replace(files, second);
      await gateway.logged('certificate read again');
      assert.equal(await subjectAt(url), 'second');
      assert.match(await ask(socket, '/v2/p/os-x'), / 200 /, 'the open connection goes on');
      socket.destroy();
    }, 'watched'));

  const broken: Readonly<Record<string, (files: Issued) => void>> = {
    'is no certificate': ({ certFile }) => writeFileSync(certFile, 'canary of rubbish'),
    'is empty': ({ certFile }) => writeFileSync(certFile, ''),
    'belongs to another key': ({ certFile }) => copyFileSync(second.certFile, certFile),
    'has a key that is none': ({ keyFile }) => writeFileSync(keyFile, 'canary of rubbish'),
  };
  test('but not a broken one: the old one goes on, and the log names the settings', () =>
    withProcess(async (gateway, url, files) => {
      const { socket } = await open(url);
      let times = 0;
      for (const [what, breakIt] of Object.entries(broken)) {
        replace(files, first);
        breakIt(files);
        gateway.child.kill('SIGHUP');
        times += 1;
        await gateway.logged('certificate cannot be read', times);
        assert.equal(await subjectAt(url), 'first', what);
        assert.match(await ask(socket, '/v2/p/os-x'), / 200 /, what);
      }
      for (const line of gateway.lines().filter(({ message }) => message === 'certificate cannot be read')) {
        assert.match(
          String(line['error']),
          /tls\.certFile.*(?:\(ERR_|no PEM file|is not the key)|tls\.keyFile.*\(ERR_/,
        );
      }
      assert.doesNotMatch(gateway.stdout(), /canary/);
      replace(files, second);
      gateway.child.kill('SIGHUP');
      await gateway.logged('certificate read again');
      assert.equal(await subjectAt(url), 'second');
      socket.destroy();
    }, 'broken'));
});

// Holds minVersion and ciphers of callerTls in src/config/tls-files.ts, and the warning of src/server/callers.ts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { inTime } from '../support/in-time.ts';
import { makeCertificates } from './certificates.ts';

const certificates = makeCertificates();
const { certFile, keyFile } = certificates.issue(certificates.authority('callers'), 'gateway');
const warning = 'TLS versions are allowed that no longer protect what callers send';

/** Ask for a page with openssl, as a client of that time would. @returns what came, or undefined if the handshake failed */
async function ask(gateway: TestGateway, version: string): Promise<string | undefined> {
  const { host } = new URL(gateway.url);
  const options = ['s_client', '-connect', host, `-${version}`, '-cipher', 'DEFAULT@SECLEVEL=0', '-quiet', '-ign_eof'];
  const child = spawn('openssl', options, { stdio: ['pipe', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.write('GET /v2/p/../x HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n');
  await inTime(once(child, 'close'));
  return text === '' ? undefined : text;
}

describe('callers with TLS of 1999 and 2006', () => {
  const versions = { TLSv1: 'tls1', 'TLSv1.1': 'tls1_1', 'TLSv1.2': 'tls1_2', 'TLSv1.3': 'tls1_3' } as const;
  const order = Object.keys(versions);
  for (const minVersion of order) {
    describe(`with tls.minVersion ${minVersion}`, () => {
      const made: { gateway?: TestGateway } = {};
      before(async () => {
        made.gateway = await startTestGateway('http://127.0.0.1:9', {
          GATEWAY_TLS_CERT_FILE: certFile,
          GATEWAY_TLS_KEY_FILE: keyFile,
          GATEWAY_TLS_MIN_VERSION: minVersion,
        });
      });
      after(() => made.gateway?.stop());
      for (const [version, option] of Object.entries(versions)) {
        const isLetIn = order.indexOf(version) >= order.indexOf(minVersion);
        test(`a caller that speaks only ${version} is ${isLetIn ? 'answered' : 'refused'}`, async () => {
          assert.ok(made.gateway !== undefined);
          const text = await ask(made.gateway, option);
          if (isLetIn) assert.match(text ?? '', /^HTTP\/1\.1 400 /);
          else assert.equal(text, undefined);
        });
      }
      test('the log warns of versions that are outdated, and of no others', () => {
        const isWarned = made.gateway?.log.some(({ event }) => event === warning);
        assert.equal(isWarned, order.indexOf(minVersion) < 2);
      });
    });
  }
});

after(() => certificates.remove());

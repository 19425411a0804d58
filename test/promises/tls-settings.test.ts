// Guards: `read`, `readPair` and the check by openssl in src/config/tls-files.ts; the pairs in src/config/combinations/tls.ts; TlsFileError in src/main.ts.
import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { serving, spawnGateway } from '../process/gateway-process.ts';
import { startTestGateway } from '../support/gateway.ts';
import { makeCertificates } from './certificates.ts';

const certificates = makeCertificates();
after(() => certificates.remove());
const authority = certificates.authority('authority');
const { certFile, keyFile } = certificates.issue(authority, 'gateway');
const other = certificates.issue(authority, 'other');
const rubbish = certificates.file('rubbish.pem', 'canary of rubbish');
const folder = certificates.file('x', '').replace(/\/x$/, '');

/** Make a key of another kind than those of the certificates, which are EC keys. */
function rsaKey(passphrase?: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = passphrase !== undefined && { cipher: 'aes-256-cbc', passphrase };
  return String(privateKey.export({ type: 'pkcs8', format: 'pem', ...secret }));
}

/** Settings that are wrong, and what the message must name. */
const mistakes: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
  'a certificate for callers without a key': [{ TLS_CERT_FILE: certFile }, /GATEWAY_TLS_KEY_FILE is not set/],
  'a key for callers without a certificate': [{ TLS_KEY_FILE: keyFile }, /GATEWAY_TLS_CERT_FILE is not set/],
  'a certificate for callers that is missing': [
    { TLS_CERT_FILE: '/nowhere/x.crt', TLS_KEY_FILE: keyFile },
    /tls\.certFile: \/nowhere\/x\.crt cannot be read \(ENOENT\)/,
  ],
  'a key for callers that is missing': [
    { TLS_CERT_FILE: certFile, TLS_KEY_FILE: '/nowhere/x.key' },
    /tls\.keyFile: \/nowhere\/x\.key cannot be read \(ENOENT\)/,
  ],
  'a key for callers that is a folder': [
    { TLS_CERT_FILE: certFile, TLS_KEY_FILE: folder },
    /tls\.keyFile: .* cannot be read \(EISDIR\)/,
  ],
  'a certificate for callers that is none': [{ TLS_CERT_FILE: rubbish, TLS_KEY_FILE: keyFile }, /tls\.certFile/],
  'a key for callers of another certificate': [
    { TLS_CERT_FILE: certFile, TLS_KEY_FILE: other.keyFile },
    /^tls\.certFile, tls\.keyFile: \S+ is not the key of \S+\. Give/,
  ],
  // OpenSSL takes the two, and then refuses every handshake.
  'a key for callers of another kind than the certificate': [
    { TLS_CERT_FILE: certFile, TLS_KEY_FILE: certificates.file('rsa.key', rsaKey()) },
    /^tls\.certFile, tls\.keyFile: \S+rsa\.key is not the key of \S+\. Give/,
  ],
  'a certificate and a key for callers that are swapped': [
    { TLS_CERT_FILE: keyFile, TLS_KEY_FILE: certFile },
    /^tls\.certFile: \S+\.key has no certificate that can be read \(\w+\)\. It must be/,
  ],
  'a certificate for callers in DER': [
    {
      TLS_CERT_FILE: certificates.file('x.der', new X509Certificate(readFileSync(certFile)).raw),
      TLS_KEY_FILE: keyFile,
    },
    /^tls\.certFile: \S+x\.der is no PEM file\. It must be/,
  ],
  'a key for callers that is encrypted': [
    { TLS_CERT_FILE: certFile, TLS_KEY_FILE: certificates.file('encrypted.key', rsaKey('canary')) },
    /^tls\.keyFile: \S+encrypted\.key is encrypted\. Decrypt it: openssl pkey/,
  ],
  'the text of a key instead of its file': [
    { TLS_CERT_FILE: certFile, TLS_KEY_FILE: readFileSync(keyFile, 'utf8') },
    /GATEWAY_TLS_KEY_FILE is "-----BEGIN \*\*\*"; write that text to a file, and give the path of the file\./,
  ],
  'authorities of the cloud that are missing': [
    { UPSTREAM_TLS_CA_FILE: '/nowhere/ca.pem' },
    /upstream\.tls\.caFile: \/nowhere\/ca\.pem cannot be read \(ENOENT\)/,
  ],
  'authorities of the cloud that are rubbish': [
    { UPSTREAM_TLS_CA_FILE: rubbish },
    /upstream\.tls\.caFile: \S*rubbish\.pem has no certificate/,
  ],
  'authorities of the cloud in an empty file': [
    { UPSTREAM_TLS_CA_FILE: certificates.file('empty.pem', '') },
    /upstream\.tls\.caFile: \S*empty\.pem has no certificate/,
  ],
  'authorities of the cloud of which one is cut off': [
    {
      UPSTREAM_TLS_CA_FILE: certificates.file(
        'cut.pem',
        '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      ),
    },
    /upstream\.tls\.caFile: \S*cut\.pem has a certificate that cannot be read/,
  ],
  'authorities of the cloud of which the last is half written': [
    {
      UPSTREAM_TLS_CA_FILE: certificates.file(
        'half.pem',
        `${readFileSync(certFile, 'utf8')}-----BEGIN CERTIFICATE-----\nMIIB\n`,
      ),
    },
    /upstream\.tls\.caFile: \S*half\.pem has no certificate, or one that is broken off/,
  ],
  'a key as authorities of the cloud': [
    { UPSTREAM_TLS_CA_FILE: keyFile },
    /upstream\.tls\.caFile: .* has no certificate/,
  ],
  'an empty certificate for callers': [
    { TLS_CERT_FILE: certificates.file('none.pem', ''), TLS_KEY_FILE: keyFile },
    /tls\.certFile/,
  ],
  'a certificate for the cloud without a key': [
    { UPSTREAM_TLS_CERT_FILE: certFile },
    /GATEWAY_UPSTREAM_TLS_KEY_FILE is not set/,
  ],
  'a certificate for the cloud that is none': [
    { UPSTREAM_TLS_CERT_FILE: rubbish, UPSTREAM_TLS_KEY_FILE: keyFile },
    /upstream\.tls\.certFile/,
  ],
  'a key for the cloud of another certificate': [
    { UPSTREAM_TLS_CERT_FILE: certFile, UPSTREAM_TLS_KEY_FILE: other.keyFile },
    /^upstream\.tls\.certFile, upstream\.tls\.keyFile: \S+ is not the key of/,
  ],
  'an oldest version that is too old': [
    { UPSTREAM_TLS_MIN_VERSION: 'TLSv1' },
    /GATEWAY_UPSTREAM_TLS_MIN_VERSION is "TLSv1"; it must be one of TLSv1\.2, TLSv1\.3/,
  ],
  'a verify that is neither on nor off': [
    { UPSTREAM_TLS_VERIFY: 'false' },
    /GATEWAY_UPSTREAM_TLS_VERIFY is "false"; it must be one of on, off/,
  ],
  'a proxy that is no address': [
    { TRUSTED_PROXIES: 'proxy.example' },
    /GATEWAY_TRUSTED_PROXIES is "proxy\.example"; it must be addresses or networks/,
  ],
  'a network that is too wide to be one': [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /GATEWAY_TRUSTED_PROXIES/],
  'all proxies at once': [{ TRUSTED_PROXIES: 'true' }, /GATEWAY_TRUSTED_PROXIES/],
};

/** Settings by the names of their variables. */
function named(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [`GATEWAY_${name}`, value] as const));
}

describe('a mistake in the settings of TLS and of proxies is no start, and names the setting', () => {
  for (const [what, [settings, told]] of Object.entries(mistakes)) {
    test(what, () =>
      assert.rejects(startTestGateway('https://127.0.0.1:1', named(settings)), (error: Error) => {
        assert.match(error.message, told);
        assert.doesNotMatch(error.message, /canary|PRIVATE/);
        return ['TlsFileError', 'ConfigError'].includes(error.name);
      }),
    );
  }
});

describe('the process ends with 2 and one sentence', { concurrency: 2 }, () => {
  for (const what of [
    'a key for callers that is missing',
    'a key for callers of another certificate',
    'authorities of the cloud that are missing',
  ]) {
    test(`for ${what}`, async () => {
      const [settings] = mistakes[what] ?? [{}];
      const gateway = spawnGateway(serving('https://127.0.0.1:1', named(settings)));
      const code = await gateway.ended();
      // The operator has set variables, so the message has their names and not those of the file.
      assert.ok(
        Object.keys(named(settings)).some((name) => gateway.stderr().includes(name)),
        gateway.stderr(),
      );
      assert.doesNotMatch(gateway.stderr(), /tls\.\w+File/);
      assert.doesNotMatch(gateway.stderr(), /^\s+at |canary|PRIVATE/m);
      assert.equal(code, 2);
    });

    // Holds that --check of src/main.ts reads the files, too: else it calls good what does not start.
    test(`for ${what}, with --check`, async () => {
      const [settings] = mistakes[what] ?? [{}];
      const gateway = spawnGateway(serving('https://127.0.0.1:1', named(settings)), '--check');
      const code = await gateway.ended();
      // The operator has set variables, so the message has their names and not those of the file.
      assert.ok(
        Object.keys(named(settings)).some((name) => gateway.stderr().includes(name)),
        gateway.stderr(),
      );
      assert.doesNotMatch(gateway.stderr(), /tls\.\w+File/);
      assert.equal(gateway.stdout(), '');
      assert.equal(code, 2);
    });
  }
});

test('--check warns of certificates that have expired or expire soon, and of no other', async () => {
  const [expired, soon, good] = [-1, 3, 40].map((days) => certificates.issue(authority, 'x', { days }));
  const gateway = spawnGateway(
    serving(
      'https://127.0.0.1:1',
      named({
        TLS_CERT_FILE: expired?.certFile ?? '',
        TLS_KEY_FILE: expired?.keyFile ?? '',
        UPSTREAM_TLS_CERT_FILE: soon?.certFile ?? '',
        UPSTREAM_TLS_KEY_FILE: soon?.keyFile ?? '',
        ADMIN_TLS_CERT_FILE: good?.certFile ?? '',
        ADMIN_TLS_KEY_FILE: good?.keyFile ?? '',
      }),
    ),
    '--check',
  );
  assert.equal(await gateway.ended(), 0);
  const [first = '', second = '', ...rest] = gateway.stderr().trim().split('\n');
  assert.match(first, /^GATEWAY_TLS_CERT_FILE: .* has expired on \d{4}-\d\d-\d\d: have it renewed\.$/);
  assert.match(second, /^GATEWAY_UPSTREAM_TLS_CERT_FILE: .* expires on \S+ \([23] days left\): have it renewed\.$/);
  assert.deepEqual(rest, []);
});

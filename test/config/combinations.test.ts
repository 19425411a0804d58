// Protects src/config/combinations: settings that contradict each other are reported at the start and by --check.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { combinations } from '../../src/config/combinations/combinations.ts';
import { isSameAddress } from '../../src/config/combinations/own-address.ts';
import { settingsWarnings } from '../../src/config/contradictions.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/mistakes.ts';
import { root } from '../support/documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
after(() => rmSync(folder, { recursive: true }));

type Environment = Readonly<Record<string, string>>;

const must = { GATEWAY_UPSTREAM_URL: 'https://cloud.example.com', GATEWAY_UPSTREAM_PROFILE: 'nova' };
const http = { GATEWAY_UPSTREAM_URL: 'http://cloud.example.com' };
const login = { GATEWAY_IDENTITY_URL: 'https://identity.example.com' };
const west = { url: 'https://west.example.com', profile: 'nova' };
/** Settings of one further region. */
const region = (more: object = {}): Environment => ({
  GATEWAY_REGIONS: JSON.stringify({ West: { ...west, ...more } }),
});
const certified = { GATEWAY_TLS_CERT_FILE: '/c.crt', GATEWAY_TLS_KEY_FILE: '/c.key' };

/** Load settings; returns the mistakes, or the warnings about what can be loaded. */
function told(settings: Environment): { readonly refused: readonly string[]; readonly warned: readonly string[] } {
  const environment = { ...must, ...settings };
  try {
    const warnings = settingsWarnings(loadConfig(environment), environment);
    return { refused: [], warned: warnings.map(({ sentence }) => sentence) };
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return { refused: error.mistakes, warned: [] };
  }
}

/** Settings that are wrong together, the nearest ones that are right, and the sentence about the wrong ones. */
type Case = readonly [wrong: Environment, right: Environment, sentence: string];

const refused: readonly Case[] = [
  [
    { ...region(), ...login, GATEWAY_IDENTITY_REGION: 'West' },
    { ...region(), ...login, GATEWAY_IDENTITY_REGION: 'East' },
    'GATEWAY_IDENTITY_REGION is "West", and GATEWAY_REGIONS has a region of that name; GATEWAY_IDENTITY_REGION is the region of GATEWAY_UPSTREAM_URL: remove it from GATEWAY_REGIONS, or correct one of the names.',
  ],
  [
    { ...region(), ...login, GATEWAY_IDENTITY_REGION: 'far east' },
    { ...login, GATEWAY_IDENTITY_REGION: 'far east' },
    'GATEWAY_IDENTITY_REGION is "far east", and GATEWAY_REGIONS is set; with several regions the name of each is the segment of a path: use letters, digits, _, - and . only, and no version such as v2.',
  ],
  [
    { ...region(), ...login },
    region(),
    'GATEWAY_REGIONS and GATEWAY_IDENTITY_URL are set, and GATEWAY_IDENTITY_REGION is not; the catalogue of a login names every region: set GATEWAY_IDENTITY_REGION to the name of the region of GATEWAY_UPSTREAM_URL.',
  ],
  [
    region({ publicUrl: 'https://west.example.org' }),
    { ...region({ publicUrl: 'https://west.example.org' }), GATEWAY_PUBLIC_URL: 'https://compute.example.org' },
    'GATEWAY_REGIONS has a publicUrl, and GATEWAY_PUBLIC_URL is not set; a caller at the host of one region would get links of another at that host: set GATEWAY_PUBLIC_URL to the URL of the gateway itself.',
  ],
  [
    { ...region({ publicUrl: 'https://gw.example.org:8' }), GATEWAY_PUBLIC_URL: 'https://gw.example.org' },
    { ...region(), GATEWAY_PUBLIC_URL: 'https://gw.example.org' },
    'GATEWAY_PUBLIC_URL is "https://gw.example.org", and GATEWAY_REGIONS has a publicUrl of the same host; the host of a region leads to that region only: give it a host name of its own, or leave publicUrl away.',
  ],
  [
    region({ url: 'http://localhost:8774' }),
    { ...region({ url: 'http://localhost:8774' }), GATEWAY_SOCKET: '/run/g.sock' },
    "GATEWAY_REGIONS has a url that is the gateway's own GATEWAY_PORT; it must be an address of the cloud itself, such as https://compute.example.com.",
  ],
  [
    region({ url: 'http://localhost:9774' }),
    region({ url: 'http://localhost:9775' }),
    "GATEWAY_REGIONS has a url that is the gateway's own GATEWAY_ADMIN_PORT; it must be an address of the cloud itself, such as https://compute.example.com.",
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'http://localhost:8774' },
    { GATEWAY_UPSTREAM_URL: 'http://localhost:8774', GATEWAY_SOCKET: '/run/g.sock' },
    'GATEWAY_UPSTREAM_URL is "http://localhost:8774", the gateway\'s own GATEWAY_PORT; it must be an address of the cloud itself, such as https://compute.example.com.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:9774' },
    { GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:9775' },
    'GATEWAY_UPSTREAM_URL is "http://127.0.0.1:9774", the gateway\'s own GATEWAY_ADMIN_PORT; it must be an address of the cloud itself, such as https://compute.example.com.',
  ],
  [
    { GATEWAY_UPSTREAM_PROXY: 'http://me:canary@127.0.0.1:8774' },
    { GATEWAY_UPSTREAM_PROXY: 'http://me:canary@127.0.0.1:3128' },
    'GATEWAY_UPSTREAM_PROXY is "http://***@127.0.0.1:8774/", the gateway\'s own GATEWAY_PORT; it must be the address of a proxy, such as http://proxy.example.com:3128.',
  ],
  [
    { GATEWAY_ADMIN_PORT: '8774' },
    { GATEWAY_ADMIN_PORT: '8774', GATEWAY_ADMIN_HOST: '127.0.0.2' },
    'GATEWAY_ADMIN_PORT is 8774 and GATEWAY_PORT is 8774 (the default), of the same address; two ports are needed: set GATEWAY_ADMIN_PORT or GATEWAY_PORT to another one.',
  ],
  [
    { GATEWAY_TLS_KEY_FILE: '/c.key' },
    certified,
    'GATEWAY_TLS_CERT_FILE is not set, and GATEWAY_TLS_KEY_FILE is "/c.key"; a certificate and its key go together: set both, or none.',
  ],
  [
    { GATEWAY_UPSTREAM_TLS_CERT_FILE: '/c.crt' },
    { GATEWAY_UPSTREAM_TLS_CERT_FILE: '/c.crt', GATEWAY_UPSTREAM_TLS_KEY_FILE: '/c.key' },
    'GATEWAY_UPSTREAM_TLS_CERT_FILE is "/c.crt", and GATEWAY_UPSTREAM_TLS_KEY_FILE is not set; a certificate and its key go together: set both, or none.',
  ],
  [
    { GATEWAY_ADMIN_TLS_KEY_FILE: '/a.key' },
    { GATEWAY_ADMIN_TLS_KEY_FILE: '/a.key', GATEWAY_ADMIN_TLS_CERT_FILE: '/a.crt' },
    'GATEWAY_ADMIN_TLS_CERT_FILE is not set, and GATEWAY_ADMIN_TLS_KEY_FILE is "/a.key"; a certificate and its key go together: set both, or none.',
  ],
  [
    { GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: '/ca.crt' },
    {
      GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: '/ca.crt',
      GATEWAY_ADMIN_TLS_KEY_FILE: '/a.key',
      GATEWAY_ADMIN_TLS_CERT_FILE: '/a.crt',
    },
    'GATEWAY_ADMIN_TLS_CLIENT_CA_FILE is "/ca.crt", and GATEWAY_ADMIN_TLS_CERT_FILE is not set; a port without TLS gets no client certificates: set GATEWAY_ADMIN_TLS_CERT_FILE and GATEWAY_ADMIN_TLS_KEY_FILE.',
  ],
  [
    { GATEWAY_REQUEST_MAX_TOTAL_BYTES: '65536' },
    { GATEWAY_REQUEST_MAX_TOTAL_BYTES: '114688' },
    'GATEWAY_REQUEST_MAX_BYTES is 114688 (the default), and GATEWAY_REQUEST_MAX_TOTAL_BYTES is 65536, which is less; one body may not be larger than all of them: lower GATEWAY_REQUEST_MAX_BYTES, or raise GATEWAY_REQUEST_MAX_TOTAL_BYTES.',
  ],
  // Login.
  [
    { ...login, GATEWAY_UPSTREAM_PROFILE: 'ecs' },
    { ...login, GATEWAY_UPSTREAM_PROFILE: 'ecs', GATEWAY_IDENTITY_USER_DOMAIN: 'name:account' },
    'GATEWAY_IDENTITY_URL is "https://identity.example.com" and GATEWAY_UPSTREAM_PROFILE is "ecs", and GATEWAY_IDENTITY_USER_DOMAIN is not set; the IAM of such a cloud looks users up by their account: set GATEWAY_IDENTITY_USER_DOMAIN to name: and the name of the account.',
  ],
  [
    { GATEWAY_IDENTITY_URL: 'http://127.0.0.1:8774' },
    { GATEWAY_IDENTITY_URL: 'http://127.0.0.1:5000' },
    'GATEWAY_IDENTITY_URL is "http://127.0.0.1:8774", the gateway\'s own GATEWAY_PORT; it must be the address of the cloud\'s identity service, such as https://identity.example.com.',
  ],
  [
    { ...login, GATEWAY_IDENTITY_PORTS: '8774' },
    { ...login, GATEWAY_IDENTITY_PORTS: '8774', GATEWAY_SOCKET: '/run/g.sock' },
    'GATEWAY_IDENTITY_PORTS is "8774", and GATEWAY_PORT is 8774 (the default); login is at that port anyway: remove it from GATEWAY_IDENTITY_PORTS.',
  ],
  [
    { ...login, GATEWAY_IDENTITY_PORTS: '9774' },
    { ...login, GATEWAY_IDENTITY_PORTS: '9774', GATEWAY_ADMIN_HOST: '127.0.0.2' },
    'GATEWAY_IDENTITY_PORTS is "9774" and GATEWAY_ADMIN_PORT is 9774 (the default), of the same address; two ports are needed: set one of them to another port.',
  ],
];

const plain = 'the cloud is called by plain HTTP: begin GATEWAY_UPSTREAM_URL with https://, or remove';

const warned: readonly Case[] = [
  // The ledger.
  ...Object.entries({ INTERVAL_MS: '5000', MAX_KEYS: '500', DAYS: '500', INSTANCE: 'a' }).map(([name, value]): Case => {
    const variable = `GATEWAY_LEDGER_${name}`;
    const shown = name === 'INSTANCE' ? `"${value}"` : value;
    return [
      { GATEWAY_LEDGER_STORE: 'off', [variable]: value },
      { [variable]: value },
      `${variable} is ${shown}, and GATEWAY_LEDGER_STORE is "off"; nothing is counted: set GATEWAY_LEDGER_STORE, or remove ${variable}.`,
    ];
  }),
  [
    { GATEWAY_RETIRE: '/r.json', GATEWAY_LEDGER_STORE: 'off' },
    { GATEWAY_RETIRE: '/r.json' },
    'GATEWAY_RETIRE is "/r.json", and GATEWAY_LEDGER_STORE is "off"; nobody sees whom the retirement file hits, and a brownout that hits nobody proves nothing: set GATEWAY_LEDGER_STORE.',
  ],
  [
    { GATEWAY_LEDGER_DAYS: '94', GATEWAY_LEDGER_STORE: 'postgres://gateway:secret@db/ledger' },
    { GATEWAY_LEDGER_DAYS: '95', GATEWAY_LEDGER_STORE: 'sqlite:/var/lib/gateway/ledger.db' },
    'GATEWAY_LEDGER_DAYS is 94, and GATEWAY_LEDGER_STORE is "postgres://***@db/ledger"; a client that comes once a quarter is forgotten before it comes again, and a report may take it for gone: set at least 95, or 400 for one that comes once a year.',
  ],
  [
    region({ url: 'https://cloud.example.com' }),
    region(),
    'GATEWAY_REGIONS has two regions with the same url, or one with that of GATEWAY_UPSTREAM_URL; callers of different regions reach the same servers: correct the url, unless one cloud has several names.',
  ],
  [
    region({ url: 'http://west.example.com', tls: { serverName: 'west' } }),
    region({ tls: { serverName: 'west' } }),
    'GATEWAY_REGIONS has a region with tls whose url begins with http:; that cloud is called by plain HTTP: begin its url with https://, or remove its tls.',
  ],
  // The admin port.
  [
    { GATEWAY_ADMIN_TOKEN_FILE: '/token', GATEWAY_ADMIN_HOST: '0.0.0.0' },
    { GATEWAY_ADMIN_TOKEN_FILE: '/token', GATEWAY_ADMIN_HOST: '127.0.0.2' },
    'GATEWAY_ADMIN_TOKEN_FILE is "/token", GATEWAY_ADMIN_HOST is "0.0.0.0", and GATEWAY_ADMIN_TLS_CERT_FILE is not set; others on the network can read the token: set GATEWAY_ADMIN_TLS_CERT_FILE, or let GATEWAY_ADMIN_HOST be 127.0.0.1.',
  ],
  // Login.
  [
    { ...login, GATEWAY_HOST: '10.0.0.5' },
    { ...login, GATEWAY_HOST: '10.0.0.5', GATEWAY_TRUSTED_PROXIES: 'loopback' },
    'GATEWAY_IDENTITY_URL is "https://identity.example.com", GATEWAY_HOST is "10.0.0.5", and GATEWAY_TLS_CERT_FILE is not set; passwords reach this port unencrypted: set GATEWAY_TLS_CERT_FILE with its key, or GATEWAY_TRUSTED_PROXIES if a proxy in front speaks TLS.',
  ],
  [
    { GATEWAY_IDENTITY_URL: 'http://identity.example.com' },
    { GATEWAY_IDENTITY_URL: 'http://127.0.0.1:5000' },
    'GATEWAY_IDENTITY_URL is "http://identity.example.com"; passwords reach the identity service unencrypted: use its https URL.',
  ],
  [
    { ...login, GATEWAY_IDENTITY_MAX_TOKEN_BYTES: '32768', GATEWAY_REQUEST_MAX_HEADER_BYTES: '16384' },
    { ...login, GATEWAY_IDENTITY_MAX_TOKEN_BYTES: '32768' },
    'GATEWAY_IDENTITY_MAX_TOKEN_BYTES is 32768, and GATEWAY_REQUEST_MAX_HEADER_BYTES is 16384; a longer token than the header of a request is of no use to callers: raise GATEWAY_REQUEST_MAX_HEADER_BYTES.',
  ],
  ...Object.entries({
    USER_DOMAIN: ['id:default'],
    PROJECT_DOMAIN: ['none'],
    UNSCOPED: ['omit'],
    API_KEYS: ['password'],
    REGION: ['RegionOne'],
    PUBLIC_URL: ['https://gateway.example.org'],
    PORTS: ['5000'],
    FAILURES_MAX: [10],
    TIMEOUT_MS: [10_000],
    MAX_TOKEN_BYTES: [8192],
    ANSWER_MAX_BYTES: [65_536],
    LOG_USERS: ['on'],
  }).map(([rest, [value]]): Case => {
    const name = `GATEWAY_IDENTITY_${rest}`;
    const setting = { [name]: String(value) };
    const sentence = `${name} is ${JSON.stringify(value)}, and GATEWAY_IDENTITY_URL is not set; there is no login: set GATEWAY_IDENTITY_URL, or remove ${name}.`;
    return [setting, { ...login, ...setting }, sentence];
  }),
  // Addresses.
  [
    { GATEWAY_PUBLIC_URL: 'https://cloud.example.com/' },
    { GATEWAY_PUBLIC_URL: 'https://cloud.example.com/legacy' },
    'GATEWAY_PUBLIC_URL is "https://cloud.example.com" and GATEWAY_UPSTREAM_URL is "https://cloud.example.com"; requests come back to the gateway in a loop, unless that name leads this machine to the cloud: set GATEWAY_UPSTREAM_URL to an address of the cloud that callers do not use.',
  ],
  [
    { GATEWAY_PORT: '8080', GATEWAY_SOCKET: '/run/g.sock' },
    { GATEWAY_SOCKET: '/run/g.sock' },
    'GATEWAY_PORT is 8080, and GATEWAY_SOCKET is "/run/g.sock"; callers are served at the socket only: remove GATEWAY_PORT, or remove GATEWAY_SOCKET.',
  ],
  [
    { GATEWAY_HOST: '10.0.0.5', GATEWAY_SOCKET: '/run/g.sock' },
    { GATEWAY_HOST: '0.0.0.0', GATEWAY_SOCKET: '/run/g.sock' },
    'GATEWAY_HOST is "10.0.0.5", and GATEWAY_SOCKET is "/run/g.sock"; callers are served at the socket only: remove GATEWAY_HOST, or remove GATEWAY_SOCKET.',
  ],
  [
    { GATEWAY_SOCKET_MODE: '0666' },
    { GATEWAY_SOCKET_MODE: '0666', GATEWAY_SOCKET: '/run/g.sock' },
    'GATEWAY_SOCKET_MODE is "0666", and GATEWAY_SOCKET is not set; there is no socket that gets the mode: set GATEWAY_SOCKET, or remove GATEWAY_SOCKET_MODE.',
  ],
  [
    { GATEWAY_ADMIN_NAMES: 'admin.example.org' },
    { GATEWAY_ADMIN_NAMES: 'admin.example.org', GATEWAY_ADMIN_TOKEN_FILE: '/etc/gateway/admin-token' },
    'GATEWAY_ADMIN_NAMES is "admin.example.org", but the console is off without GATEWAY_ADMIN_TOKEN_FILE or GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: set one of them, or remove GATEWAY_ADMIN_NAMES.',
  ],
  [
    { GATEWAY_CONSOLE_EXCHANGES: '100' },
    { GATEWAY_CONSOLE_EXCHANGES: '100', GATEWAY_ADMIN_TOKEN_FILE: '/etc/gateway/admin-token' },
    'GATEWAY_CONSOLE_EXCHANGES is 100, but the console is off without GATEWAY_ADMIN_TOKEN_FILE or GATEWAY_ADMIN_TLS_CLIENT_CA_FILE: set one of them, or remove GATEWAY_CONSOLE_EXCHANGES.',
  ],
  // Proxies in front.
  [
    { GATEWAY_TRUSTED_FIELDS: 'forwarded' },
    { GATEWAY_TRUSTED_FIELDS: 'forwarded', GATEWAY_TRUSTED_PROXIES: 'loopback' },
    'GATEWAY_TRUSTED_FIELDS is "forwarded", and GATEWAY_TRUSTED_PROXIES is not set; the fields are read from trusted proxies only: set GATEWAY_TRUSTED_PROXIES, or remove GATEWAY_TRUSTED_FIELDS.',
  ],
  [
    { GATEWAY_TRUSTED_PROXIES: 'unix' },
    { GATEWAY_TRUSTED_PROXIES: 'unix', GATEWAY_SOCKET: '/run/g.sock' },
    'GATEWAY_TRUSTED_PROXIES is "unix", and GATEWAY_SOCKET is not set; nobody calls by a unix socket: set GATEWAY_SOCKET, or write the addresses of the proxies.',
  ],
  [
    { GATEWAY_TRUSTED_PROXIES: 'loopback,10.0.0.0/8', GATEWAY_SOCKET: '/run/g.sock' },
    { GATEWAY_TRUSTED_PROXIES: 'loopback', GATEWAY_SOCKET: '/run/g.sock', GATEWAY_PROXY_PROTOCOL: 'on' },
    'GATEWAY_TRUSTED_PROXIES is "loopback,10.0.0.0/8", and GATEWAY_SOCKET is "/run/g.sock"; who calls by a unix socket has no address: add unix to GATEWAY_TRUSTED_PROXIES, or remove GATEWAY_TRUSTED_PROXIES.',
  ],
  // TLS.
  [
    { GATEWAY_TLS_MIN_VERSION: 'TLSv1.3' },
    { GATEWAY_TLS_MIN_VERSION: 'TLSv1.3', ...certified },
    'GATEWAY_TLS_MIN_VERSION is "TLSv1.3", and GATEWAY_TLS_CERT_FILE is not set; without a certificate the port speaks plain HTTP: set GATEWAY_TLS_CERT_FILE and GATEWAY_TLS_KEY_FILE, or remove GATEWAY_TLS_MIN_VERSION.',
  ],
  [
    { GATEWAY_PUBLIC_URL: 'http://compute.example.org', ...certified },
    { GATEWAY_PUBLIC_URL: 'https://compute.example.org', ...certified },
    'GATEWAY_PUBLIC_URL is "http://compute.example.org", and GATEWAY_TLS_CERT_FILE is "/c.crt"; links lead callers to plain HTTP, though the port speaks TLS: begin GATEWAY_PUBLIC_URL with https://, unless a proxy in front takes plain HTTP.',
  ],
  [
    { GATEWAY_UPSTREAM_TLS_CA_FILE: '/ca.crt', ...http },
    { GATEWAY_UPSTREAM_TLS_CA_FILE: '/ca.crt' },
    `GATEWAY_UPSTREAM_TLS_CA_FILE is "/ca.crt", and GATEWAY_UPSTREAM_URL is "http://cloud.example.com"; ${plain} GATEWAY_UPSTREAM_TLS_CA_FILE.`,
  ],
  [
    { GATEWAY_UPSTREAM_TLS_MIN_VERSION: 'TLSv1.3', ...http },
    { GATEWAY_UPSTREAM_TLS_MIN_VERSION: 'TLSv1.3' },
    `GATEWAY_UPSTREAM_TLS_MIN_VERSION is "TLSv1.3", and GATEWAY_UPSTREAM_URL is "http://cloud.example.com"; ${plain} GATEWAY_UPSTREAM_TLS_MIN_VERSION.`,
  ],
  [
    { GATEWAY_UPSTREAM_TLS_SERVER_NAME: 'x.example.com', ...http },
    { GATEWAY_UPSTREAM_TLS_SERVER_NAME: 'x.example.com' },
    `GATEWAY_UPSTREAM_TLS_SERVER_NAME is "x.example.com", and GATEWAY_UPSTREAM_URL is "http://cloud.example.com"; ${plain} GATEWAY_UPSTREAM_TLS_SERVER_NAME.`,
  ],
  [
    { GATEWAY_UPSTREAM_TLS_VERIFY: 'off', ...http },
    { GATEWAY_UPSTREAM_TLS_VERIFY: 'off' },
    `GATEWAY_UPSTREAM_TLS_VERIFY is "off", and GATEWAY_UPSTREAM_URL is "http://cloud.example.com"; ${plain} GATEWAY_UPSTREAM_TLS_VERIFY.`,
  ],
  [
    { GATEWAY_UPSTREAM_TLS_CA_FILE: '/ca.crt', GATEWAY_UPSTREAM_TLS_VERIFY: 'off' },
    { GATEWAY_UPSTREAM_TLS_CA_FILE: '/ca.crt', GATEWAY_UPSTREAM_TLS_VERIFY: 'on' },
    'GATEWAY_UPSTREAM_TLS_CA_FILE is "/ca.crt", and GATEWAY_UPSTREAM_TLS_VERIFY is "off"; no certificate is verified: remove GATEWAY_UPSTREAM_TLS_VERIFY, so that these authorities count.',
  ],
  // The kind of cloud.
  [
    { GATEWAY_UPSTREAM_PERSONALITY: 'user-data', GATEWAY_UPSTREAM_PROFILE: 'ecs' },
    { GATEWAY_UPSTREAM_PERSONALITY: 'user-data' },
    'GATEWAY_UPSTREAM_PERSONALITY is "user-data", and GATEWAY_UPSTREAM_PROFILE is "ecs"; an ecs cloud always gets files as user_data: remove GATEWAY_UPSTREAM_PERSONALITY.',
  ],
  [
    { GATEWAY_USER_DATA_ECS_MAX_BYTES: '16384' },
    { GATEWAY_USER_DATA_ECS_MAX_BYTES: '16384', GATEWAY_UPSTREAM_PROFILE: 'ecs' },
    'GATEWAY_USER_DATA_ECS_MAX_BYTES is 16384, and GATEWAY_UPSTREAM_PROFILE is "nova"; it is the limit of an ecs cloud: set GATEWAY_USER_DATA_NOVA_MAX_CHARACTERS instead.',
  ],
  [
    { GATEWAY_USER_DATA_NOVA_MAX_CHARACTERS: '16384', GATEWAY_UPSTREAM_PROFILE: 'ecs' },
    { GATEWAY_USER_DATA_NOVA_MAX_CHARACTERS: '16384' },
    'GATEWAY_USER_DATA_NOVA_MAX_CHARACTERS is 16384, and GATEWAY_UPSTREAM_PROFILE is "ecs"; it is the limit of a nova cloud: set GATEWAY_USER_DATA_ECS_MAX_BYTES instead.',
  ],
  // Limits.
  [
    { GATEWAY_UPSTREAM_ANSWER_MAX_BYTES: '268435456' },
    { GATEWAY_UPSTREAM_ANSWER_MAX_BYTES: '134217728' },
    'GATEWAY_UPSTREAM_ANSWER_MAX_BYTES is 268435456, and GATEWAY_UPSTREAM_ANSWERS_MAX_TOTAL_BYTES is 134217728 (the default), which is less; one response may not be larger than all of them: lower GATEWAY_UPSTREAM_ANSWER_MAX_BYTES, or raise GATEWAY_UPSTREAM_ANSWERS_MAX_TOTAL_BYTES.',
  ],
  [
    { GATEWAY_CONNECTIONS_MAX_UNTAKEN_BYTES: '134217728' },
    { GATEWAY_CONNECTIONS_MAX_UNTAKEN_BYTES: '134217727' },
    'GATEWAY_CONNECTIONS_MAX_UNTAKEN_BYTES is 134217728, and GATEWAY_UPSTREAM_ANSWERS_MAX_TOTAL_BYTES is 134217728 (the default), which is no more; callers that do not read can hold all of it: lower GATEWAY_CONNECTIONS_MAX_UNTAKEN_BYTES.',
  ],
  [
    { GATEWAY_SHUTDOWN_NOTICE_MS: '30000' },
    { GATEWAY_SHUTDOWN_NOTICE_MS: '24999' },
    'GATEWAY_SHUTDOWN_NOTICE_MS is 30000, and GATEWAY_SHUTDOWN_TIMEOUT_MS is 25000 (the default), which is no more; no time is left after the notice: raise GATEWAY_SHUTDOWN_TIMEOUT_MS.',
  ],
  [
    { GATEWAY_REQUEST_MAX_HEADER_LINE_BYTES: '70000' },
    { GATEWAY_REQUEST_MAX_HEADER_LINE_BYTES: '65536' },
    'GATEWAY_REQUEST_MAX_HEADER_LINE_BYTES is 70000, and GATEWAY_REQUEST_MAX_HEADER_BYTES is 65536 (the default), which is less; the header as a whole is refused before: raise GATEWAY_REQUEST_MAX_HEADER_BYTES, or lower GATEWAY_REQUEST_MAX_HEADER_LINE_BYTES.',
  ],
  [
    { GATEWAY_REQUEST_MAX_PARTS: '200000' },
    { GATEWAY_REQUEST_MAX_PARTS: '100000' },
    'GATEWAY_REQUEST_MAX_PARTS is 200000, and GATEWAY_REQUEST_MAX_BYTES is 114688 (the default), which is less; no body of that size has as many parts: lower GATEWAY_REQUEST_MAX_PARTS.',
  ],
  [
    { GATEWAY_PERSONALITY_MAX_CONTENTS_CHARACTERS: '1048576' },
    { GATEWAY_PERSONALITY_MAX_CONTENTS_CHARACTERS: '1048576', GATEWAY_REQUEST_MAX_BYTES: '2097152' },
    'GATEWAY_PERSONALITY_MAX_CONTENTS_CHARACTERS is 1048576, and GATEWAY_REQUEST_MAX_BYTES is 114688 (the default), which is less; a body with such a file is refused before: raise GATEWAY_REQUEST_MAX_BYTES, or lower GATEWAY_PERSONALITY_MAX_CONTENTS_CHARACTERS.',
  ],
  [
    { GATEWAY_REQUEST_HEADERS_TIMEOUT_MS: '20000', GATEWAY_REQUEST_TIMEOUT_MS: '10000' },
    // request.headersTimeoutMs has its default here, so the operator did not choose the contradiction.
    { GATEWAY_REQUEST_TIMEOUT_MS: '10000' },
    'GATEWAY_REQUEST_HEADERS_TIMEOUT_MS is 20000, and GATEWAY_REQUEST_TIMEOUT_MS is 10000, which is less; the request as a whole ends before: raise GATEWAY_REQUEST_TIMEOUT_MS, or lower GATEWAY_REQUEST_HEADERS_TIMEOUT_MS.',
  ],
  ...['UPSTREAM_CONNECT_TIMEOUT', 'UPSTREAM_ANSWER_TIMEOUT', 'EXCHANGES_WAIT'].map((name): Case => [
    { [`GATEWAY_${name}_MS`]: '4000', GATEWAY_EXCHANGES_TIMEOUT_MS: '3000' },
    { GATEWAY_EXCHANGES_TIMEOUT_MS: '3000' },
    `GATEWAY_${name}_MS is 4000, and GATEWAY_EXCHANGES_TIMEOUT_MS is 3000, which is less; the exchange as a whole ends before, with 504: raise GATEWAY_EXCHANGES_TIMEOUT_MS, or lower GATEWAY_${name}_MS.`,
  ]),
  [
    { GATEWAY_EXCHANGES_WAIT_MS: '2000', GATEWAY_EXCHANGES_MAX_WAITING: '0' },
    { GATEWAY_EXCHANGES_MAX_WAITING: '0' },
    'GATEWAY_EXCHANGES_WAIT_MS is 2000, and GATEWAY_EXCHANGES_MAX_WAITING is 0; no request waits: raise GATEWAY_EXCHANGES_MAX_WAITING, or remove GATEWAY_EXCHANGES_WAIT_MS.',
  ],
  [
    { GATEWAY_EXCHANGES_MAX_LONG_ANSWERS: '129' },
    { GATEWAY_EXCHANGES_MAX_LONG_ANSWERS: '128' },
    'GATEWAY_EXCHANGES_MAX_LONG_ANSWERS is 129, more than GATEWAY_EXCHANGES_MAX or GATEWAY_UPSTREAM_CONNECTIONS lets be translated at a time: lower GATEWAY_EXCHANGES_MAX_LONG_ANSWERS.',
  ],
  [
    { GATEWAY_UPSTREAM_IDLE_MS: '120000' },
    { GATEWAY_UPSTREAM_IDLE_MS: '60000' },
    'GATEWAY_UPSTREAM_IDLE_MS is 120000, and GATEWAY_UPSTREAM_MAX_CONNECTION_AGE_MS is 60000 (the default), which is less; a connection gets too old before it is idle as long: lower GATEWAY_UPSTREAM_IDLE_MS, or raise GATEWAY_UPSTREAM_MAX_CONNECTION_AGE_MS.',
  ],
];

describe('what nobody can mean is refused in one sentence, and the nearest good settings are neither refused nor warned of', () => {
  for (const [wrong, right, sentence] of refused)
    test(sentence, () => {
      assert.deepEqual(told(wrong), { refused: [sentence], warned: [] });
      assert.deepEqual(told(right), { refused: [], warned: [] });
    });
});

describe('what has no effect, or hardly fits together, is warned of in one sentence', () => {
  for (const [wrong, right, sentence] of warned)
    test(sentence, () => {
      assert.deepEqual(told(wrong), { refused: [], warned: [sentence] });
      assert.deepEqual(told(right), { refused: [], warned: [] });
    });
});

test('a client certificate for a cloud of plain HTTP is warned of twice: the certificate, and its key', () => {
  const files = { GATEWAY_UPSTREAM_TLS_CERT_FILE: '/c.crt', GATEWAY_UPSTREAM_TLS_KEY_FILE: '/c.key' };
  assert.deepEqual(
    told({ ...files, ...http }).warned.map((sentence) => sentence.split(' ')[0]),
    Object.keys(files),
  );
});

test('each combination has a case here', () => {
  const sentences = [...refused, ...warned].map(([, , sentence]) => sentence);
  for (const { sentence } of combinations) {
    // A pair that is warned of together has a test of its own.
    if (/^\{upstream\.tls\.(?:cert|key)File=\}, and \{upstream\.url/.test(sentence)) continue;
    const pattern = sentence
      .split(/\{[\w.]+=?\}/)
      .map((part) => RegExp.escape(part))
      .join('.+');
    assert.ok(
      sentences.some((each) => new RegExp(`^${pattern}$`).test(each)),
      sentence,
    );
  }
});

test('a sentence names only settings that the combination reads, and the one that it is about', () => {
  for (const { paths, sentence, kind } of combinations) {
    const named = [...sentence.matchAll(/\{([\w.]+)=?\}/g)].map(([, path]) => path);
    assert.ok(named.includes(paths[0]), sentence);
    // The mend of a setting of the other kind of cloud is a setting that has nothing to do with the mistake.
    const others = named.filter((path) => !paths.includes(path ?? '') && path?.startsWith('userData.') !== true);
    assert.deepEqual(others, [], `${kind}: ${sentence}`);
  }
});

test('settings of the file are named by their place in it, and those of the environment by their variable', () => {
  const path = join(folder, 'file.json');
  writeFileSync(path, '{"tls": {"certFile": "/c.crt"}, "admin": {"port": 8774}}');
  assert.deepEqual(told({ GATEWAY_CONFIG: path, GATEWAY_PORT: '8774' }).refused, [
    'admin.port is 8774 and GATEWAY_PORT is 8774, of the same address; two ports are needed: set admin.port or GATEWAY_PORT to another one.',
    'tls.certFile is "/c.crt", and tls.keyFile is not set; a certificate and its key go together: set both, or none.',
  ]);
});

test('a setting that has a mistake of its own is not told to contradict another', () => {
  const { refused: mistakes } = told({
    GATEWAY_ADMIN_PORT: 'x',
    GATEWAY_PORT: '9774',
    GATEWAY_TLS_CERT_FILE: '/c.crt',
  });
  assert.deepEqual(
    mistakes.map((sentence) => sentence.split(' ')[0]),
    ['GATEWAY_ADMIN_PORT', 'GATEWAY_TLS_CERT_FILE'],
  );
});

for (const file of readdirSync(join(root, 'config')).filter((name) => name !== 'schema.json'))
  test(`config/${file} has nothing to warn of`, () => {
    const GATEWAY_CONFIG = join(root, 'config', file);
    assert.deepEqual(told({ GATEWAY_CONFIG }), { refused: [], warned: [] });
  });

test('an https URL behind a proxy that ends TLS is right, whatever the port speaks', () => {
  const GATEWAY_PUBLIC_URL = 'https://compute.example.org';
  assert.deepEqual(told({ GATEWAY_PUBLIC_URL }), { refused: [], warned: [] });
});

describe('two servers on one port', () => {
  for (const [one, other, isSame] of [
    ['127.0.0.1', '127.0.0.1', true],
    ['localhost', '127.0.0.1', true],
    ['0.0.0.0', '127.0.0.1', true],
    ['10.0.0.5', '0.0.0.0', true],
    ['::', '10.0.0.5', true],
    ['::', '0.0.0.0', true],
    ['::', 'localhost', true],
    ['G.example.com', 'g.example.com', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['0.0.0.0', '::1', false],
    ['0.0.0.0', 'g.example.com', false],
    ['::1', '127.0.0.1', false],
  ] as const)
    test(`of ${one} and of ${other} ${isSame ? 'collide' : 'may be meant'}`, () => {
      assert.equal(isSameAddress(one, other), isSame);
    });
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/mistakes.ts';
import { settings } from '../../src/config/settings.ts';
import { testSettings } from '../support/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
after(() => rmSync(folder, { recursive: true }));

type Environment = Readonly<Record<string, string>>;

/** Load a configuration that is wrong, and return the sentences about it. */
function mistakesIn(environment: Environment): readonly string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.mistakes;
  }
  return assert.fail('it is a good configuration');
}

/** The wrong variables, and the one sentence about each. */
const variables: readonly (readonly [Environment, string])[] = [
  // The cloud's URL.
  [
    { GATEWAY_UPSTREAM_URL: 'https://ecs.example.com/v2.1/7459f9935ed2422eb9800fea1d4d9378' },
    'GATEWAY_UPSTREAM_URL is "https://ecs.example.com/v2.1/7459f9935ed2422eb9800fea1d4d9378"; leave "/v2.1/7459f9935ed2422eb9800fea1d4d9378" away, because the gateway appends the version and the project itself: set https://ecs.example.com.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'https://x.example.com/v2/$(tenant_id)s' },
    'GATEWAY_UPSTREAM_URL is "https://x.example.com/v2/$(tenant_id)s"; leave "/v2/$(tenant_id)s" away, because the gateway appends the version and the project itself: set https://x.example.com.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'http://controller:8774/v2.1/%(tenant_id)s' },
    'GATEWAY_UPSTREAM_URL is "http://controller:8774/v2.1/%(tenant_id)s"; leave "/v2.1/%(tenant_id)s" away, because the gateway appends the version and the project itself: set http://controller:8774.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'https://x.example.com/compute/v2/AUTH_x/' },
    'GATEWAY_UPSTREAM_URL is "https://x.example.com/compute/v2/AUTH_x/"; leave "/v2/AUTH_x/" away, because the gateway appends the version and the project itself: set https://x.example.com/compute.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'https://v2.example.com/v2' },
    'GATEWAY_UPSTREAM_URL is "https://v2.example.com/v2"; leave "/v2" away, because the gateway appends the version and the project itself: set https://v2.example.com.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'compute.example.com:8774' },
    'GATEWAY_UPSTREAM_URL is "compute.example.com:8774"; begin it with http:// or https://, as in https://compute.example.com:8774.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'https://compute.exam\nple.com' },
    'GATEWAY_UPSTREAM_URL is "https://compute.exam\\nple.com"; leave the line end inside it away.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'https://user:pass/word@compute.example.com' },
    'GATEWAY_UPSTREAM_URL is "https://***@compute.example.com"; it must be an http or https URL without the version, query and credentials, such as https://compute.example.com.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'https://user:password@compute.example.com?token=t' },
    'GATEWAY_UPSTREAM_URL is "https://***@compute.example.com?***"; leave the credentials and the query away.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: '"https://compute.example.com"' },
    'GATEWAY_UPSTREAM_URL is "\\"https://compute.example.com\\""; leave the quotation marks away.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'unix:/run/cloud.sock' },
    'GATEWAY_UPSTREAM_URL is "unix:/run/cloud.sock"; it must be an http or https URL without the version, query and credentials, such as https://compute.example.com.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'https://https://compute.example.com' },
    'GATEWAY_UPSTREAM_URL is "https://https://compute.example.com"; leave the first https:// away.',
  ],
  [
    { GATEWAY_PUBLIC_URL: 'https://compute.example.org/v2' },
    'GATEWAY_PUBLIC_URL is "https://compute.example.org/v2"; leave "/v2" away, because the gateway appends the version and the project itself: set https://compute.example.org.',
  ],
  // Hosts.
  [{ GATEWAY_HOST: 'http://0.0.0.0' }, 'GATEWAY_HOST is "http://0.0.0.0"; write 0.0.0.0.'],
  [{ GATEWAY_HOST: '0.0.0.0:8774' }, 'GATEWAY_HOST is "0.0.0.0:8774"; write 0.0.0.0.'],
  [{ GATEWAY_HOST: '*' }, 'GATEWAY_HOST is "*"; write 0.0.0.0.'],
  [{ GATEWAY_HOST: '[::1]:8774' }, 'GATEWAY_HOST is "[::1]:8774"; write ::1.'],
  [
    { GATEWAY_ADMIN_HOST: '256.1.1.1' },
    'GATEWAY_ADMIN_HOST is "256.1.1.1"; it must be an address or host name, such as 0.0.0.0.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'https://x.example.com', GATEWAY_UPSTREAM_TLS_SERVER_NAME: 'https://nova.internal/' },
    'GATEWAY_UPSTREAM_TLS_SERVER_NAME is "https://nova.internal/"; write nova.internal.',
  ],
  [
    { GATEWAY_UPSTREAM_URL: 'https://x.example.com', GATEWAY_UPSTREAM_TLS_SERVER_NAME: '*.nova.internal' },
    'GATEWAY_UPSTREAM_TLS_SERVER_NAME is "*.nova.internal"; it must be a host name, such as compute.example.com.',
  ],
  // Words.
  [{ GATEWAY_UPSTREAM_PROFILE: 'Nova' }, 'GATEWAY_UPSTREAM_PROFILE is "Nova"; write nova.'],
  [
    { GATEWAY_UPSTREAM_PROFILE: 'openstack' },
    'GATEWAY_UPSTREAM_PROFILE is "openstack"; it must be one of nova, ecs, such as nova.',
  ],
  [
    { GATEWAY_UPSTREAM_TLS_VERIFY: 'false' },
    'GATEWAY_UPSTREAM_TLS_VERIFY is "false"; it must be one of on, off, such as on.',
  ],
  [
    { GATEWAY_UPSTREAM_TLS_MIN_VERSION: '1.2' },
    'GATEWAY_UPSTREAM_TLS_MIN_VERSION is "1.2"; it must be one of TLSv1.2, TLSv1.3, such as TLSv1.3.',
  ],
  // Numbers.
  [{ GATEWAY_PORT: 'eighty' }, 'GATEWAY_PORT is "eighty"; it must be a whole number from 0 to 65535, such as 8774.'],
  [{ GATEWAY_PORT: '65536' }, 'GATEWAY_PORT is "65536"; it must be a whole number from 0 to 65535, such as 8774.'],
  [{ GATEWAY_PORT: '-1' }, 'GATEWAY_PORT is "-1"; it must be a whole number from 0 to 65535, such as 8774.'],
  [{ GATEWAY_PORT: ':8774' }, 'GATEWAY_PORT is ":8774"; it must be a whole number from 0 to 65535, such as 8774.'],
  [{ GATEWAY_PORT: '0x1F' }, 'GATEWAY_PORT is "0x1F"; it must be a whole number from 0 to 65535, such as 8774.'],
  [{ GATEWAY_PORT: '8774.0' }, 'GATEWAY_PORT is "8774.0"; it must be a whole number from 0 to 65535, such as 8774.'],
  [{ GATEWAY_PORT: "'8774'" }, 'GATEWAY_PORT is "\'8774\'"; leave the quotation marks away.'],
  [
    { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '60s' },
    'GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS is "60s"; write 60000, because the unit is milliseconds.',
  ],
  [
    { GATEWAY_REQUEST_MAX_BYTES: '1 MiB' },
    'GATEWAY_REQUEST_MAX_BYTES is "1 MiB"; write 1048576, because the unit is bytes.',
  ],
  [
    { GATEWAY_REQUEST_MAX_BYTES: '2000 GiB' },
    'GATEWAY_REQUEST_MAX_BYTES is "2000 GiB"; it must be a whole number from 1 to 1073741824 (bytes), such as 1048576.',
  ],
  [
    { GATEWAY_CONNECTIONS_MAX: '10,000' },
    'GATEWAY_CONNECTIONS_MAX is "10,000"; write 10000, because the unit is connections.',
  ],
  [
    { GATEWAY_WORKERS: 'all' },
    'GATEWAY_WORKERS is "all"; it must be a whole number from 1 to 1024, or auto (processes), such as auto.',
  ],
  // Others.
  [
    { GATEWAY_PERSONALITY_PERMISSIONS: 'rw-r--r--' },
    'GATEWAY_PERSONALITY_PERMISSIONS is "rw-r--r--"; it must be an octal mode, such as 0400.',
  ],
  [
    { GATEWAY_TRUSTED_PROXIES: '10.0.0.0/33' },
    'GATEWAY_TRUSTED_PROXIES is "10.0.0.0/33"; it must be addresses or networks, or the words loopback, linklocal, uniquelocal, unix, separated by commas, such as loopback,10.0.0.0/8.',
  ],
  [
    { GATEWAY_PUBLIC_URL: 'https://compute.example.org/?region=1' },
    'GATEWAY_PUBLIC_URL is "https://compute.example.org/?***"; leave the query away.',
  ],
  [
    { GATEWAY_PUBLIC_URL: 'compute.example.org' },
    'GATEWAY_PUBLIC_URL is "compute.example.org"; begin it with http:// or https://, as in https://compute.example.org.',
  ],
  [
    { GATEWAY_SOCKET: `/run/${'s'.repeat(103)}` },
    `GATEWAY_SOCKET is "/run/${'s'.repeat(103)}"; it must be a path of at most 107 bytes, such as /run/gateway/gateway.sock.`,
  ],
  [{ GATEWAY_SOCKET_MODE: '0888' }, 'GATEWAY_SOCKET_MODE is "0888"; it must be an octal mode, such as 0666.'],
  [{ GATEWAY_PROXY_PROTOCOL: 'v2' }, 'GATEWAY_PROXY_PROTOCOL is "v2"; it must be one of off, on, such as on.'],
  [
    { GATEWAY_TLS_MIN_VERSION: 'SSLv3' },
    'GATEWAY_TLS_MIN_VERSION is "SSLv3"; it must be one of TLSv1.2, TLSv1.3, TLSv1.1, TLSv1, such as TLSv1.',
  ],
  [{ GATEWAY_TLS_MIN_VERSION: 'TLSV1.3' }, 'GATEWAY_TLS_MIN_VERSION is "TLSV1.3"; write TLSv1.3.'],
  [{ GATEWAY_LOG_LEVEL: 'WARN' }, 'GATEWAY_LOG_LEVEL is "WARN"; write warn.'],
  [
    { GATEWAY_PROJECTS_MAX_SHARE: '0' },
    'GATEWAY_PROJECTS_MAX_SHARE is "0"; it must be a whole number from 1 to 100 (percent), such as 50.',
  ],
  [
    { GATEWAY_PROJECTS_MAX_SHARE: '75%' },
    'GATEWAY_PROJECTS_MAX_SHARE is "75%"; it must be a whole number from 1 to 100 (percent), such as 50.',
  ],
  [
    { GATEWAY_UPSTREAM_PROXY: 'on' },
    'GATEWAY_UPSTREAM_PROXY is "***"; it must be off, environment, or an http or https URL without a path, such as http://proxy.example.com:3128.',
  ],
  // Settings together; test/config/combinations.test.ts has one case of each kind.
  [
    { GATEWAY_TLS_CERT_FILE: '/tls.crt' },
    'GATEWAY_TLS_CERT_FILE is "/tls.crt", and GATEWAY_TLS_KEY_FILE is not set; a certificate and its key go together: set both, or none.',
  ],
  [
    { GATEWAY_PORT: '8080', GATEWAY_ADMIN_PORT: '8080', GATEWAY_HOST: '0.0.0.0' },
    'GATEWAY_ADMIN_PORT is 8080 and GATEWAY_PORT is 8080, of the same address; two ports are needed: set GATEWAY_ADMIN_PORT or GATEWAY_PORT to another one.',
  ],
  [
    { GATEWAY_REQUEST_MAX_BYTES: '1073741824' },
    'GATEWAY_REQUEST_MAX_BYTES is 1073741824, and GATEWAY_REQUEST_MAX_TOTAL_BYTES is 134217728 (the default), which is less; one body may not be larger than all of them: lower GATEWAY_REQUEST_MAX_BYTES, or raise GATEWAY_REQUEST_MAX_TOTAL_BYTES.',
  ],
  // Secrets in files; test/config/secret-files.test.ts has the others.
  [
    { GATEWAY_UPSTREAM_PROXY: 'off', GATEWAY_UPSTREAM_PROXY_FILE: '/run/secrets/proxy' },
    'GATEWAY_UPSTREAM_PROXY and GATEWAY_UPSTREAM_PROXY_FILE are both set; remove one of them.',
  ],
  [
    { GATEWAY_UPSTREAM_PROXY_FILE: '/nowhere/proxy' },
    'GATEWAY_UPSTREAM_PROXY_FILE is "/nowhere/proxy"; it must be the path of a file that holds GATEWAY_UPSTREAM_PROXY. There is no such file (ENOENT).',
  ],
];

describe('a wrong variable is told in one sentence, with its value and the mend', () => {
  for (const [environment, mistake] of variables) {
    test(mistake, () => assert.deepEqual(mistakesIn({ ...testSettings, ...environment }), [mistake]));
  }
});

/** The contents of wrong files, and the one sentence about each. FILE stands for the path. */
const unreadable = 'GATEWAY_CONFIG is "FILE"; it must be the path of a readable JSON file, such as config/nova.json.';
const files: readonly (readonly [content: string, string])[] = [
  ['', `${unreadable} In line 1, column 1: the file ends too early.`],
  ['{"port": 8774,}', `${unreadable} In line 1, column 15: a comma stands before the end, where JSON has none.`],
  ['{\n  "port" 8774\n}', `${unreadable} In line 2, column 10: a colon is expected.`],
  ['upstream:\n  url: https://compute.example.com\n', `${unreadable} YAML is not read: give JSON.`],
  ['---\nport: 8774\n', `${unreadable} YAML is not read: give JSON.`],
  ['# The gateway\nport: 8774\n', `${unreadable} YAML is not read: give JSON.`],
  ['{"port": \u0000}', `${unreadable} In line 1, column 10: a value is expected.`],
  ['[]', 'The configuration file is an array; it must be an object with members such as upstream.'],
  ['null', 'The configuration file is null; it must be an object with members such as upstream.'],
  ['"x"', 'The configuration file is "x"; it must be an object with members such as upstream.'],
  ['{"admin": []}', 'admin is an array; it must be an object with members such as host.'],
  ['{"admin": 9774}', 'admin is 9774; it must be an object with members such as host.'],
  [
    '{"admin": {"prot": 1}}',
    'admin.prot is not a setting; remove it, or use one of host, port, names, tokenFile, tls.',
  ],
  ['{"port": [1]}', 'port is an array; it must be a whole number from 0 to 65535, such as 8774.'],
  ['{"port": {"secret": 1}}', 'port is an object; it must be a whole number from 0 to 65535, such as 8774.'],
  ['{"port": "8774"}', 'port is "8774"; write it without quotation marks.'],
  ['{"workers": "4"}', 'workers is "4"; write it without quotation marks.'],
  ['{"port": 8774.5}', 'port is 8774.5; it must be a whole number from 0 to 65535, such as 8774.'],
  ['{"port": 1e99}', 'port is 1e+99; it must be a whole number from 0 to 65535, such as 8774.'],
  ['{"port": null}', 'port is null; null is no value: leave the member away, or give it a value.'],
  ['{"port": true}', 'port is true; it must be a whole number from 0 to 65535, such as 8774.'],
  ['{"upstream": {"tls": {"verify": false}}}', 'upstream.tls.verify is false; it must be one of on, off, such as on.'],
  ['{"personality": {"permissions": 440}}', 'personality.permissions is 440; write it in quotation marks.'],
  ['{"socket": 1}', 'socket is 1; write it in quotation marks.'],
  [
    '{"log": {"level": "verbose"}}',
    'log.level is "verbose"; it must be one of info, error, warn, debug, such as warn.',
  ],
  [
    '{"admin": {"port": 8774}}',
    'admin.port is 8774 and port is 8774 (the default), of the same address; two ports are needed: set admin.port or port to another one.',
  ],
  [
    '{"upstream": {"proxyFile": "/run/secrets/proxy"}}',
    'upstream.proxyFile is not a setting; remove it, or use one of KNOWN.',
  ],
  ['{"port": 1, "port": 2}', 'port stands in the file twice; remove one of them.'],
  [
    '{"trusted": {"proxies": [1]}}',
    'trusted.proxies is an array; it must be addresses or networks, or the words loopback, linklocal, uniquelocal, unix, separated by commas, such as loopback,10.0.0.0/8.',
  ],
  [
    '{"upstream": {"url": "https://x.example.com/v2/%(tenant_id)s"}, "notes": {"max": 5}}',
    'upstream.url is "https://x.example.com/v2/%(tenant_id)s"; leave "/v2/%(tenant_id)s" away, because the gateway appends the version and the project itself: set https://x.example.com.',
  ],
];

describe('a wrong file is told in one sentence', () => {
  for (const [index, [content, mistake]] of files.entries()) {
    test(mistake, () => {
      const path = join(folder, `${index}.json`);
      writeFileSync(path, content);
      const isRead = content.startsWith('{"') && !mistake.startsWith(unreadable);
      // The settings that must be set are not set, so that a file that cannot be read must not be followed by "is not set".
      const { GATEWAY_UPSTREAM_URL, ...profile } = testSettings;
      const others = content.includes('"url"') ? profile : { ...profile, GATEWAY_UPSTREAM_URL };
      assert.deepEqual(mistakesIn({ ...(isRead ? others : {}), GATEWAY_CONFIG: path }), [
        mistake.replace('FILE', path).replace('KNOWN', Object.keys(settings.upstream).join(', ')),
      ]);
    });
  }

  for (const [name, path, reason] of [
    ['that is missing', join(folder, 'missing.json'), 'There is no such file (ENOENT)'],
    ['that is a folder', folder, 'It is a folder (EISDIR)'],
    [
      'below a file',
      join(import.meta.filename, 'x.json'),
      'There is no such file: a part of the path is not a folder (ENOTDIR)',
    ],
  ] as const) {
    test(`a file ${name}`, () => {
      assert.deepEqual(mistakesIn({ GATEWAY_CONFIG: path }), [`${unreadable.replace('FILE', path)} ${reason}.`]);
    });
  }

  test('a file that the process may not read', { skip: process.getuid?.() === 0 && 'root may read all' }, () => {
    const path = join(folder, 'secret.json');
    writeFileSync(path, '{}', { mode: 0 });
    assert.match(mistakesIn({ GATEWAY_CONFIG: path }).join(), /The user of this process may not read it/);
  });

  test('a file in UTF-16, as some editors save it', () => {
    const path = join(folder, 'utf-16.json');
    writeFileSync(path, Buffer.from('\ufeff{"port": 1}', 'utf16le'));
    assert.deepEqual(mistakesIn({ GATEWAY_CONFIG: path }), [
      `${unreadable.replace('FILE', path)} It is not in UTF-8: save it again in that encoding (ERR_ENCODING_INVALID_ENCODED_DATA).`,
    ]);
  });

  test('members of the same name as those of every object are no settings', () => {
    const path = join(folder, 'prototype.json');
    writeFileSync(path, '{"__proto__": {"port": 1}, "constructor": 1, "admin": {"toString": 1}}');
    assert.deepEqual(
      mistakesIn({ ...testSettings, GATEWAY_CONFIG: path }).map((mistake) =>
        mistake.replace(/ is not a setting;.*/, ''),
      ),
      ['__proto__', 'constructor', 'admin.toString'],
    );
  });
});

describe('a setting that stands in the file under another name is told once, and not called missing too', () => {
  const cloud = '{"url": "https://x.example.com", "profile": "nova"}';
  const misplaced: readonly (readonly [string, readonly string[]])[] = [
    [`{"Upstream": ${cloud}}`, ['Upstream is not a setting; write upstream.']],
    [
      '{"upstream": {"URL": "https://x.example.com", "profile": "nova", "answer_timeout_ms": 1}}',
      [
        'upstream.URL is not a setting; write url.',
        'upstream.answer_timeout_ms is not a setting; write answerTimeoutMs.',
      ],
    ],
    [
      '{"upstream.url": "https://x.example.com", "GATEWAY_UPSTREAM_PROFILE": "nova"}',
      [
        'upstream.url is not a name of the file; write {"upstream": {"url": ...}}.',
        'GATEWAY_UPSTREAM_PROFILE is not a name of the file; write {"upstream": {"profile": ...}}.',
      ],
    ],
    ['{"upstream": "x"}', ['upstream is "x"; it must be an object with members such as url.']],
  ];
  for (const [content, told] of misplaced) {
    test(content, () => {
      const path = join(folder, 'misplaced.json');
      writeFileSync(path, content);
      assert.deepEqual(mistakesIn({ GATEWAY_CONFIG: path }), told);
    });
  }

  test('what stands nowhere is still called missing', () => {
    const path = join(folder, 'misplaced.json');
    writeFileSync(path, '{"upstream": {"Profile": "nova"}}');
    assert.match(
      mistakesIn({ GATEWAY_CONFIG: path }).join('|'),
      /write profile\.\|GATEWAY_UPSTREAM_URL is not set; [^|]*$/,
    );
  });
});

test('a byte order mark before the file is no part of it', () => {
  const path = join(folder, 'mark.json');
  writeFileSync(path, '\ufeff{"port": 1}');
  assert.equal(loadConfig({ ...testSettings, GATEWAY_CONFIG: path }).port, 1);
});

test('all mistakes are told at once: those of the file, of variables, and what is not set', () => {
  const path = join(folder, 'several.json');
  writeFileSync(path, '{"ports": 1, "port": "x"}');
  const starts = mistakesIn({ GATEWAY_CONFIG: path, GATEWAY_WORKERS: 'x' }).map((mistake) => mistake.split(' ')[0]);
  assert.deepEqual(starts, ['ports', 'GATEWAY_UPSTREAM_URL', 'port', 'GATEWAY_WORKERS', 'GATEWAY_UPSTREAM_PROFILE']);
});

for (const url of [
  'https://api.example.com/v1/compute',
  'http://10.0.0.1:8774/',
  'https://ecs.example.com/ecs/',
  'http://[::1]:8774/v1/ecs',
]) {
  test(`${url} is a good URL of a cloud`, () => {
    const { upstream } = loadConfig({ ...testSettings, GATEWAY_UPSTREAM_URL: url });
    assert.equal(upstream.url, url.replace(/\/$/, ''));
  });
}

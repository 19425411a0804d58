import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { Fault } from '../../src/fault.ts';
import { refusedUnaided } from '../../src/schema/unaided.ts';
import { carryPersonality } from '../../src/upstream/user-data/carry-personality.ts';
import { writeFiles } from '../../src/upstream/user-data/cloud-config.ts';
import { joinUserData, withoutPersonality } from '../../src/upstream/user-data/multipart.ts';
import type { ExistingValues } from '../../src/upstream/profile.ts';
import { holds } from '../laws/law.ts';
import { anyText } from '../laws/texts.ts';
import { partsOf } from './mime-message.ts';

const file = (path: string, contents = 'eA=='): { path: string; contents: string } => ({ path, contents });
type Given = Omit<ExistingValues, 'at'>;
const nothing: Given = { given: undefined, present: undefined };
const encoded = (text: string | Buffer): string => Buffer.from(text).toString('base64');

function carried(files: readonly unknown[], load: Given = nothing, maxBytes = 32_768): Buffer {
  const value = carryPersonality({ permissions: '0440', maxBytes }, refusedUnaided).carry(files, {
    ...load,
    at: 'rebuild.user_data',
  });
  assert.equal(typeof value, 'string');
  return Buffer.from(String(value), 'base64');
}

/** Read cloud-config as cloud-init does: JSON after comments. */
function configOf(data: Buffer | string): { write_files: object[]; merge_how: object[] } {
  const lines = data.toString().split('\n');
  assert.equal(lines[0], '#cloud-config');
  return JSON.parse(lines.filter((line) => !line.startsWith('#')).join('\n')) as {
    write_files: object[];
    merge_how: object[];
  };
}

test('files become cloud-config that writes them: base64, root:root, the mode as a text', () => {
  assert.deepEqual(configOf(carried([file('/etc/banner.txt', 'ICAg'), file('/b', '')])), {
    write_files: [
      { path: '/etc/banner.txt', encoding: 'b64', content: 'ICAg', owner: 'root:root', permissions: '0440' },
      { path: '/b', encoding: 'b64', content: '', owner: 'root:root', permissions: '0440' },
    ],
  });
});

test('a path becomes absolute', () => {
  const paths = configOf(carried([file('etc/x'), file('/etc/y'), file('./z')])).write_files.map(
    (entry) => 'path' in entry && entry.path,
  );
  assert.deepEqual(paths, ['/etc/x', '/etc/y', '/./z']);
});

test('a path with any characters is a path and nothing else', () => {
  holds(
    300,
    fc.property(
      fc.array(
        anyText.filter((path) => path !== ''),
        { minLength: 1 },
      ),
      (paths) => {
        const { write_files: entries } = configOf(
          Buffer.from(
            writeFiles(
              paths.map((path) => file(path)),
              '0440',
              true,
            ),
          ).toString(),
        );
        const written = entries.map((entry) => ('path' in entry ? entry.path : undefined));
        assert.deepEqual(
          written,
          paths.map((path) => (path.startsWith('/') ? path : `/${path}`)),
        );
      },
    ),
  );
});

test('files without a path are left behind with a note; without other files nothing is carried', () => {
  const { select } = carryPersonality({ permissions: '0440', maxBytes: 32_768 }, refusedUnaided);
  const omitted = ['0', '2'];
  assert.deepEqual(select([file(''), file('/a'), file('')], 'rebuild.personality'), { value: [file('/a')], omitted });
  assert.deepEqual(select([file('')], 'rebuild.personality'), { value: undefined, omitted: ['0'] });
  assert.deepEqual(select([], 'rebuild.personality'), { value: undefined, omitted: [] });
});

/** The first line of user data, and the type that cloud-init derives from it (cloudinit/handlers, INCLUSION_TYPES_MAP). */
const firstLines: readonly (readonly [string, string])[] = [
  ['#cloud-config', 'text/cloud-config'],
  ['#cloud-config-archive', 'text/cloud-config-archive'],
  ['#cloud-config-jsonp', 'text/cloud-config-jsonp'],
  ['#!/bin/sh', 'text/x-shellscript'],
  ['#!/usr/bin/env python3', 'text/x-shellscript'],
  ['#include', 'text/x-include-url'],
  ['#include-once', 'text/x-include-once-url'],
  ['#cloud-boothook', 'text/cloud-boothook'],
  ['#part-handler', 'text/part-handler'],
  ['#upstart-job', 'text/upstart-job'],
  ['## template: jinja', 'text/jinja2'],
  ['#ps1_sysnative', 'text/x-shellscript'],
  ['rem cmd', 'text/x-shellscript'],
  ['anything else', 'text/plain'],
  ['', 'text/plain'],
];

for (const [line, type] of firstLines) {
  for (const end of ['\n', '\r\n']) {
    test(`user data that begins with ${JSON.stringify(line + end)} is joined as ${type}, unchanged`, () => {
      const before = `${line}${end}rest é€${end}${end}last`;
      const [first, second, ...more] = partsOf(carried([file('/a')], { ...nothing, present: encoded(before) }));
      assert.equal(first?.type, type);
      assert.equal(first?.body.toString(), before);
      assert.equal(second?.type, 'text/cloud-config');
      assert.equal(configOf(second?.body ?? '').write_files.length, 1);
      assert.deepEqual(more, []);
    });
  }
}

test('user data that is no text arrives with every byte', () => {
  const bytes = Buffer.from([0, 1, 0xff, 0xfe, 0x0a, 0x0d, 0x80]);
  assert.deepEqual(partsOf(carried([file('/a')], { ...nothing, present: encoded(bytes) }))[0]?.body, bytes);
});

test("the server's user data is unpacked before it is joined", () => {
  const script = '#!/bin/sh\necho x\n';
  const [first] = partsOf(carried([file('/a')], { ...nothing, present: encoded(gzipSync(script)) }));
  assert.equal(first?.type, 'text/x-shellscript');
  assert.equal(first?.body.toString(), script);
});

for (const [title, message] of [
  [
    'multipart message',
    'Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n--b--\n',
  ],
  [
    'multipart message with its version first',
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nx\n--b--\n',
  ],
  ['message of one part', 'Content-Type: text/x-shellscript; charset="utf-8"\nMIME-Version: 1.0\n\n#!/bin/sh\n'],
] as const) {
  test(`a ${title} is a part unchanged`, () => {
    const joined = carried([file('/a')], { ...nothing, present: encoded(message) }).toString();
    const boundary = /boundary="([^"]+)"/.exec(joined)?.[1] ?? '';
    assert.ok(joined.includes(`--${boundary}\n${message}\n--${boundary}\n`), joined);
  });
}

test('a boundary that occurs in the data is not used', () => {
  const before = '#!/bin/sh\n--=====personality-0=====\n--=====personality-1=====--\n';
  const [first, second] = partsOf(carried([file('/a')], { ...nothing, present: encoded(before) }));
  assert.equal(first?.body.toString(), before);
  assert.equal(second?.type, 'text/cloud-config');
});

for (const [title, before] of [
  ['nothing', undefined],
  ['a script', '#!/bin/sh\necho x\n'],
  ['cloud-config', '#cloud-config\npackages: [a]\n'],
  ['text with CRLF', '#!/bin/sh\r\necho x\r\n'],
  ['a multipart message', 'Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\n\nx\n--b--\n'],
  ['a gzip of a script', gzipSync('#!/bin/sh\n')],
] as const) {
  test(`a second rebuild replaces the first one's files, over ${title}`, () => {
    const present = before === undefined ? undefined : encoded(before);
    const first = carried([file('/first')], { ...nothing, present });
    const second = carried([file('/second')], { ...nothing, present: encoded(first) });
    assert.deepEqual(second, carried([file('/second')], { ...nothing, present }));
    assert.doesNotMatch(second.toString(), /\/first/);
  });
}

const ofGateway = writeFiles([file('/mine')], '0440', false);

/** User data that looks like the gateway's own files. */
const lookalikes: Readonly<Record<string, string>> = {
  'cloud-config with write_files': '#cloud-config\nwrite_files:\n- path: /mine\n',
  'cloud-config in JSON with write_files alone': '#cloud-config\n{"write_files":[{"path":"/mine","content":"x"}]}\n',
  'files with another owner': ofGateway.replace('root:root', 'app:app'),
  'files with a space more': ofGateway.replace(':', ': '),
  'files with another key': ofGateway.replace('}]}', '}],"runcmd":["/mine"]}'),
  'files without an end of line': ofGateway.trimEnd(),
  'the files of a second part alone': writeFiles([file('/mine')], '0440', true),
  'a message of two parts behind the boundary': joinUserData(
    Buffer.from('#!/bin/sh\n'),
    Buffer.from('#cloud-config\nruncmd: [/mine]\n'),
  ).toString(),
  'a message with a part behind the files': `${joinUserData(Buffer.from('#!/bin/sh\n'), Buffer.from(writeFiles([file('/a')], '0440', true))).toString()}--=====personality-0=====\n\n/mine\n`,
};

for (const [title, before] of Object.entries(lookalikes)) {
  test(`the server's ${title} is kept, because the gateway did not write it`, () => {
    const joined = carried([file('/new')], { ...nothing, present: encoded(before) }).toString();
    assert.ok(joined.includes(before), joined);
    assert.match(joined, /\/new/);
  });
}

for (const [title, given] of Object.entries({
  ...lookalikes,
  'the own files of the gateway': ofGateway,
  'a message that the gateway joined': carried([file('/mine')], {
    ...nothing,
    present: encoded('#!/bin/sh\n'),
  }).toString(),
})) {
  test(`the caller's user data is kept whole, even ${title}`, () => {
    const joined = carried([file('/new')], { given: encoded(given), present: encoded('#!/bin/sh\nserver\n') });
    assert.ok(joined.includes(given), joined.toString());
    const again = carried([file('/newer')], { ...nothing, present: encoded(joined) });
    assert.ok(again.includes(given), 'a later rebuild with files keeps it, too');
    assert.doesNotMatch(again.toString(), /"\/new"/);
  });
}

test('the files of a rebuild under another mode are replaced, too', () => {
  const present = encoded(writeFiles([file('/first')], '0600', false));
  assert.deepEqual(carried([file('/second')], { ...nothing, present }), carried([file('/second')]));
});

test('the tenth rebuild is as long as the first, gzip or not', () => {
  for (const maxBytes of [32_768, 500]) {
    const script = encoded(`#!/bin/sh\n${'echo x\n'.repeat(100)}`);
    const first = carried([file('/a')], { ...nothing, present: script }, maxBytes);
    let last = first;
    for (let n = 0; n < 10; n += 1) last = carried([file('/a')], { ...nothing, present: encoded(last) }, maxBytes);
    assert.deepEqual(last, first);
  }
});

test('any joined user data is separated unchanged', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1 }).map((given) => Buffer.from(given)),
    fc
      .tuple(
        fc.constantFrom(
          '',
          '#!',
          '#cloud-config\n',
          '\n',
          '\n\n',
          '--=====personality-0=====\n',
          'Content-Type: text/x\n\n',
        ),
        anyText,
      )
      .map((parts) => Buffer.from(parts.join('')))
      .filter((given) => given.length > 0),
  );
  holds(
    500,
    fc.property(bytes, (data) => {
      assert.deepEqual(
        withoutPersonality(joinUserData(data, Buffer.from(writeFiles([file('/a')], '0440', true)))),
        data,
      );
    }),
  );
});

test('user data is compressed only if it would not fit otherwise', () => {
  const files = [file('/a', encoded('a'.repeat(30_000)))];
  const packed = carried(files);
  assert.deepEqual([...packed.subarray(0, 2)], [0x1f, 0x8b]);
  assert.ok(packed.length <= 32_768);
  assert.equal(configOf(gunzipSync(packed)).write_files.length, 1);
  assert.equal(configOf(carried(files, nothing, 65_536)).write_files.length, 1);
});

test('user data of exactly the limit is not compressed, and one byte more is', () => {
  const { length } = carried([file('/a')]);
  assert.equal(carried([file('/a')], nothing, length).length, length);
  assert.throws(() => carried([file('/a')], nothing, 20));
});

test('user data that cannot fit is 413 overLimit, with the sizes', () => {
  const files = [1, 2, 3, 4, 5].map((n) => file(`/${n}`, encoded(randomBytes(7680))));
  assert.throws(
    () => carried(files),
    (error) =>
      error instanceof Fault &&
      error.title === 'overLimit' &&
      error.documentedRetryAfter === '0' &&
      /32768/.test(error.message),
  );
});

for (const given of ['no base64!', 'é', 'e===A', '-_-_']) {
  test(`a caller's user data ${JSON.stringify(given)} cannot be joined: 400`, () => {
    assert.throws(
      () => carried([file('/a')], { given, present: undefined }),
      (error) => error instanceof Fault && error.status === 400 && /user_data/.test(error.message),
    );
  });
}

test("a caller's user data may have white space in its base64", () => {
  const given = encoded('#!/bin/sh\necho x\n').replace(/(.{8})/g, '$1\r\n ');
  assert.equal(
    partsOf(carried([file('/a')], { given, present: undefined }))[0]?.body.toString(),
    '#!/bin/sh\necho x\n',
  );
});

test("a caller's null or empty user data leaves nothing to join, whatever the server has", () => {
  for (const given of [null, ''])
    assert.equal(configOf(carried([file('/a')], { given, present: encoded('#!/bin/sh\n') })).write_files.length, 1);
});

test('user data that unpacks to more than 256 KiB is refused without unpacking the rest', () => {
  const bomb = encoded(gzipSync(Buffer.alloc(50_000_000)));
  assert.throws(
    () => carried([file('/a')], { given: bomb, present: undefined }),
    (error) => error instanceof Fault && error.status === 413,
  );
});

test('a boundary of a number that no part has is found, where boundaries share their signs and numbers have zeros', () => {
  const taken = '=====personality-0=====personality-1=====personality-2==========personality-03=====personality-4=';
  const joined = joinUserData(Buffer.from(taken), Buffer.from('#!/bin/sh\n')).toString();
  assert.match(joined, /^Content-Type: multipart\/mixed; boundary="=====personality-3====="\n/);
});

test('characters of a path that YAML forbids are escaped', () => {
  const text = carried([file('/a\u007f\u0085\u2028\ufeffb')]).toString();
  assert.doesNotMatch(text, /[\u007f-\u009f\u2028\u2029\ufeff]/);
  assert.match(text, /"\/a\\u007f\\u0085\\u2028\\ufeffb"/);
});

test('a path that no file can have is refused', () => {
  for (const path of ['/a\0b', '/a\ud800']) {
    assert.throws(
      () =>
        carryPersonality({ permissions: '0440', maxBytes: 32_768 }, refusedUnaided).select(
          [file(path)],
          'rebuild.personality',
        ),
      (error) => error instanceof Fault && error.status === 400,
    );
  }
});

test("the server's user data that is no base64 is kept as it is", () => {
  const joined = carried([file('/a')], { given: undefined, present: '#!/bin/sh\necho' }).toString();
  assert.match(joined, /\n#!\/bin\/sh\necho\n/);
});

test('a MIME message in the form of a mailbox stays a part of its own', () => {
  const message =
    'From nobody Mon Sep 17 00:00:00 2001\nContent-Type: text/x-shellscript\nMIME-Version: 1.0\n\n#!/bin/sh\n';
  const joined = carried([file('/a')], { given: undefined, present: encoded(message) }).toString();
  assert.ok(joined.includes(`\n${message}`));
  assert.doesNotMatch(joined, /text\/plain/);
});

test('only a part after another one says how lists are merged', () => {
  const joined = carried([file('/a')], { given: encoded('#!/bin/sh\n'), present: undefined }).toString();
  assert.match(joined, /"merge_how":\[\{"name":"list","settings":\["append"\]\},/);
  assert.doesNotMatch(carried([file('/a')]).toString(), /merge_how/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rebuild } from '../../../src/compute/operations/rebuild.ts';
import { Fault } from '../../../src/fault.ts';
import { json } from '../../../src/media/json.ts';
import { freshReading } from '../fresh-reading.ts';

const image = '70a599e0-31e7-49b7-b260-868f441e862b';

function read(content: unknown, reading = freshReading()): unknown {
  return json.open(Buffer.from(JSON.stringify({ rebuild: content }))).readAs(rebuild.request, reading);
}

test('a rebuild with every member is read in its normal form', () => {
  const given = {
    name: ' x ',
    adminPass: '',
    accessIPv4: '10.1',
    accessIPv6: 'fe80::100',
    'OS-DCF:diskConfig': 'AUTO',
    preserve_ephemeral: 'Yes',
    metadata: { 'a b': '' },
    personality: [{ path: '/a', contents: 'e A=\n=' }],
    key_name: null,
    user_data: 'not looked at',
  };
  assert.deepEqual(read({ imageRef: `http://x/images/${image.toUpperCase()}/?a`, ...given }), {
    ...given,
    imageRef: image,
    accessIPv4: '10.0.0.1',
    preserve_ephemeral: true,
    personality: [{ path: '/a', contents: 'eA==' }],
  });
});

/** Wrong types and values, and the message with the path. */
const refused: readonly (readonly [string, unknown, RegExp])[] = [
  ['null', null, /^rebuild: must be an object\.$/],
  ['a string', 'x', /^rebuild: must be an object\.$/],
  ['a list', [], /^rebuild: must be an object\.$/],
  ['nothing in it', {}, /^rebuild\.imageRef: Could not parse imageRef from request\.$/],
  ['an image that is null', { imageRef: null }, /^rebuild\.imageRef: Invalid imageRef provided\.$/],
  ['an image that is a number', { imageRef: 1 }, /^rebuild\.imageRef: Invalid imageRef provided\.$/],
  ['an image that is a list', { imageRef: [image] }, /^rebuild\.imageRef: Invalid imageRef provided\.$/],
  ['a name that is null', { imageRef: image, name: null }, /^rebuild\.name: Server name is not a string or unicode$/],
  ['a name that is a number', { imageRef: image, name: 1 }, /^rebuild\.name: Server name is not a string or unicode$/],
  ['a password that is a number', { imageRef: image, adminPass: 1 }, /^rebuild\.adminPass: Invalid adminPass$/],
  ['a disk config that is true', { imageRef: image, 'OS-DCF:diskConfig': true }, /^rebuild\.OS-DCF:diskConfig: /],
  ['a disk config in lower case', { imageRef: image, 'OS-DCF:diskConfig': 'auto' }, /^rebuild\.OS-DCF:diskConfig: /],
  [
    'an address that is null',
    { imageRef: image, accessIPv4: null },
    /^rebuild\.accessIPv4: accessIPv4 is not proper IPv4 format$/,
  ],
  ['a boolean that is null', { imageRef: image, preserve_ephemeral: null }, /^rebuild\.preserve_ephemeral: /],
  ['a boolean that is 2', { imageRef: image, preserve_ephemeral: 2 }, /^rebuild\.preserve_ephemeral: /],
  [
    'metadata that is null',
    { imageRef: image, metadata: null },
    /^rebuild\.metadata: Unable to parse metadata key\/value pairs\.$/,
  ],
  [
    'metadata that is a list',
    { imageRef: image, metadata: [] },
    /^rebuild\.metadata: Unable to parse metadata key\/value pairs\.$/,
  ],
  [
    'a metadata value that is a number',
    { imageRef: image, metadata: { a: 1 } },
    /^rebuild\.metadata\["a"\]: Invalid metadata: Metadata property value is not a string\.$/,
  ],
  [
    'a metadata value that is null',
    { imageRef: image, metadata: { a: null } },
    /^rebuild\.metadata\["a"\]: Invalid metadata: Metadata property value is not a string\.$/,
  ],
  ['an empty metadata key', { imageRef: image, metadata: { '': 'x' } }, /^rebuild\.metadata: .*blank/],
  [
    'personality that is null',
    { imageRef: image, personality: null },
    /^rebuild\.personality: Bad personality format$/,
  ],
  [
    'personality that is an object',
    { imageRef: image, personality: {} },
    /^rebuild\.personality: Bad personality format$/,
  ],
  [
    'a file that is a string',
    { imageRef: image, personality: ['x'] },
    /^rebuild\.personality\[0\]: Bad personality format$/,
  ],
  [
    'a file without a path',
    { imageRef: image, personality: [{ contents: '' }] },
    /^rebuild\.personality\[0\]\.path: Bad personality format: missing 'path'$/,
  ],
  [
    'a file without contents',
    { imageRef: image, personality: [{ path: '/a' }] },
    /^rebuild\.personality\[0\]\.contents: Bad personality format: missing 'contents'$/,
  ],
  [
    'contents that are null',
    { imageRef: image, personality: [{ path: '/a', contents: null }] },
    /^rebuild\.personality\[0\]\.contents: Personality content cannot be decoded$/,
  ],
  [
    'contents with a no-break space',
    { imageRef: image, personality: [{ path: '/a', contents: 'eA\u00A0==' }] },
    /^rebuild\.personality\[0\]\.contents: /,
  ],
  [
    'contents in the alphabet of URLs',
    { imageRef: image, personality: [{ path: '/a', contents: '-_-_' }] },
    /^rebuild\.personality\[0\]\.contents: /,
  ],
  [
    'contents without padding',
    { imageRef: image, personality: [{ path: '/a', contents: 'eA' }] },
    /^rebuild\.personality\[0\]\.contents: /,
  ],
  ['a key name that is a number', { imageRef: image, key_name: 1 }, /^rebuild\.key_name: must be a string\.$/],
  ['user data that is an object', { imageRef: image, user_data: {} }, /^rebuild\.user_data: must be a string\.$/],
];

for (const [title, content, message] of refused) {
  test(`a JSON rebuild with ${title} is refused with its path`, () => assertFault(() => read(content), 400, message));
}

for (const [given, value] of [
  [true, true],
  [false, false],
  [1, true],
  [0, false],
  ['on', true],
  [' OFF ', false],
] as const) {
  test(`preserve_ephemeral ${JSON.stringify(given)} is ${value}`, () => {
    assert.deepEqual(read({ imageRef: image, preserve_ephemeral: given }), {
      imageRef: image,
      preserve_ephemeral: value,
    });
  });
}

test('null removes a key name and user data', () => {
  const given = { imageRef: image, key_name: null, user_data: null };
  assert.deepEqual(read(given), given);
});

test('unknown members are noted with their path, and left out', () => {
  const reading = freshReading();
  const given = { imageRef: image, auto_disk_config: true, personality: [{ path: '/a', contents: '', mode: 1 }] };
  assert.deepEqual(read(given, reading), { imageRef: image, personality: [{ path: '/a', contents: '' }] });
  assert.deepEqual(reading.unknown, ['rebuild.auto_disk_config', 'rebuild.personality[0].mode']);
});

test('unknown members stay unchanged if the reading keeps them', () => {
  const given = {
    imageRef: image,
    description: { a: [1, null] },
    personality: [{ path: '/a', contents: '', mode: 1 }],
  };
  assert.deepEqual(read(given, freshReading({ keepUnknown: true })), given);
});

test('members with a meaning to JavaScript, such as __proto__, are ordinary members', () => {
  const text = `{"rebuild":{"imageRef":"${image}","__proto__":{"name":"x"},"metadata":{"__proto__":"1","constructor":"2"}}}`;
  const reading = freshReading();
  const value = json.open(Buffer.from(text)).readAs(rebuild.request, reading);
  assert.equal(JSON.stringify(value), `{"imageRef":"${image}","metadata":{"__proto__":"1","constructor":"2"}}`);
  assert.deepEqual(reading.unknown, ['rebuild.__proto__']);
});

test('the last of several equal keys counts', () => {
  const text = `{"rebuild":{"imageRef":"x","imageRef":"${image}","metadata":{"a":"1","a":"2"}}}`;
  const value = json.open(Buffer.from(text)).readAs(rebuild.request, freshReading());
  assert.deepEqual(value, { imageRef: image, metadata: { a: '2' } });
});

function assertFault(attempt: () => unknown, status: number, message: RegExp): void {
  assert.throws(attempt, (error) => error instanceof Fault && error.status === status && message.test(error.message));
}

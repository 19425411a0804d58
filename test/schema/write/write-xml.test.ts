import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rebuild } from '../../../src/compute/operations/rebuild.ts';
import { xmlWriter } from '../../../src/schema/write/write-xml.ts';

const write = xmlWriter(rebuild.answer);
const compute = 'http://docs.openstack.org/compute/api/v1.1';

/** The document after its first line, without the namespace declarations of its root. */
function body(value: unknown): string {
  const { document } = write(value);
  const [first, ...rest] = document.split('\n');
  assert.equal(first, "<?xml version='1.0' encoding='UTF-8'?>");
  return rest.join('\n').replace(/^(<server)((?: xmlns(?::[\w-]+)?="[^"]*")*)/, '$1');
}

/** The title, the JSON, the document. */
const table: readonly (readonly [string, unknown, string])[] = [
  ['nothing: metadata always', {}, '<server><metadata/></server>'],
  ['null in an attribute: the text None', { accessIPv4: null }, '<server accessIPv4="None"><metadata/></server>'],
  [
    'booleans as Python has them',
    { status: true, name: false },
    '<server status="True" name="False"><metadata/></server>',
  ],
  ['numbers in decimal', { progress: 0 }, '<server progress="0"><metadata/></server>'],
  ['an empty text', { accessIPv6: '' }, '<server accessIPv6=""><metadata/></server>'],
  ['user_id as userId', { tenant_id: 't', user_id: 'u' }, '<server userId="u" tenantId="t"><metadata/></server>'],
  ['no unknown members', { locked: true, description: 'x' }, '<server><metadata/></server>'],
  ['metadata that is null', { metadata: null }, '<server><metadata/></server>'],
  ['metadata that is empty', { metadata: {} }, '<server><metadata/></server>'],
  [
    'metadata, an empty value with an end tag',
    { metadata: { 'a b': '1', c: '' } },
    '<server><metadata><meta key="a b">1</meta><meta key="c"></meta></metadata></server>',
  ],
  [
    'no image: as the template wrote it',
    { image: '' },
    '<server><image id=""><atom:link href="" type="" rel=""/></image><metadata/></server>',
  ],
  ['an image that is null', { image: null }, '<server><metadata/></server>'],
  ['an image with nothing in it', { image: {} }, '<server><image/><metadata/></server>'],
  ['a flavor of 2.47', { flavor: { vcpus: 1 } }, '<server><flavor/><metadata/></server>'],
  [
    'a fault, details always',
    { fault: { code: 500, created: 'c', message: 'm' } },
    '<server><fault code="500" created="c"><message>m</message><details>None</details></fault><metadata/></server>',
  ],
  [
    'a fault whose message is null',
    { fault: { message: null, details: 'd' } },
    '<server><fault><message>None</message><details>d</details></fault><metadata/></server>',
  ],
  ['no fault', { fault: null }, '<server><metadata/></server>'],
  ['no addresses', { addresses: null }, '<server><metadata/></server>'],
  ['addresses without networks', { addresses: {} }, '<server><metadata/><addresses/></server>'],
  [
    'a network without addresses',
    { addresses: { x: [] } },
    '<server><metadata/><addresses><network id="x"/></addresses></server>',
  ],
  [
    'addresses',
    { addresses: { 'a&b': [{ addr: '1.2.3.4', version: 4, 'OS-EXT-IPS:type': 'fixed' }] } },
    '<server><metadata/><addresses><network id="a&amp;b"><ip version="4" addr="1.2.3.4"/></network></addresses></server>',
  ],
  [
    'links, the type only if there is one',
    {
      links: [
        { rel: 'self', href: 'h' },
        { rel: 'alternate', type: 't', href: 'i' },
      ],
    },
    '<server><metadata/><atom:link href="h" rel="self"/><atom:link href="i" type="t" rel="alternate"/></server>',
  ],
  ['no links', { links: [] }, '<server><metadata/></server>'],
  [
    'texts and attributes, each escaped in its own way',
    { name: '<&>"\'\t\n\r', metadata: { '<&>"\'\t\n\r': '<&>"\'\t\n\r' } },
    '<server name="&lt;&amp;&gt;&quot;\'&#9;&#10;&#13;"><metadata><meta key="&lt;&amp;&gt;&quot;\'&#9;&#10;&#13;">' +
      '&lt;&amp;&gt;"\'\t\n&#13;</meta></metadata></server>',
  ],
  ['other alphabets raw', { name: 'Çé😀' }, '<server name="Çé😀"><metadata/></server>'],
];

for (const [title, value, document] of table) {
  test(`the server document has ${title}`, () => assert.equal(body(value), document));
}

test('attributes and children are in the order of legacy Nova, whatever the order in JSON', () => {
  const attributes = [
    'status',
    'updated',
    'hostId',
    'name',
    'created',
    'user_id',
    'tenant_id',
    'accessIPv4',
    'accessIPv6',
  ].concat(['progress', 'id', 'adminPass', 'OS-DCF:diskConfig']);
  const value = {
    links: [{ href: 'h' }],
    addresses: {},
    metadata: {},
    fault: {},
    flavor: {},
    image: {},
    ...Object.fromEntries(attributes.toReversed().map((name) => [name, 'x'])),
  };
  const document = body(value);
  const named = [...document.slice(0, document.indexOf('>')).matchAll(/ ([\w:-]+)=/g)].map(([, name]) => name);
  const wire = attributes.map((name) => ({ user_id: 'userId', tenant_id: 'tenantId' })[name] ?? name);
  assert.deepEqual(named, wire);
  const children = [...document.matchAll(/<(image|flavor|fault|metadata|addresses|atom:link)\b/g)].map(
    ([, name]) => name,
  );
  assert.deepEqual(children, ['image', 'flavor', 'fault', 'metadata', 'addresses', 'atom:link']);
});

test('the root always declares atom, and an extension only if it is used', () => {
  assert.match(
    rootOf({}),
    /^<server(?=.* xmlns="[^"]*v1\.1")(?=.* xmlns:atom="http:\/\/www\.w3\.org\/2005\/Atom")[^>]*>$/,
  );
  assert.doesNotMatch(rootOf({}), /OS-DCF/);
  const diskConfig = 'xmlns:OS-DCF="http://docs.openstack.org/compute/ext/disk_config/api/v1.1"';
  assert.ok(rootOf({ 'OS-DCF:diskConfig': 'AUTO' }).includes(diskConfig));
});

test('the root declares its default namespace last', () => {
  assert.equal(rootOf({}), `<server xmlns:atom="http://www.w3.org/2005/Atom" xmlns="${compute}">`);
});

test('the document is one line after the declaration, without a line end', () => {
  assert.equal(write({ id: '1', links: [{ href: 'h' }] }).document.split('\n').length, 2);
});

test('a character that XML forbids becomes U+FFFD, and the repair is reported', () => {
  const { document, repaired } = write({ name: 'a\u0001', metadata: { '\uD83D': '\uFFFE😀' } });
  assert.match(document, /name="a\uFFFD"/);
  assert.match(document, /<meta key="\uFFFD">\uFFFD😀<\/meta>/);
  assert.equal(repaired, true);
  assert.equal(write({ name: 'ok\t\n' }).repaired, false);
});

test('a document leaves nothing behind in the next', () => {
  write({ name: '\0', 'OS-DCF:diskConfig': 'AUTO' });
  const { document, repaired } = write({});
  assert.equal(repaired, false);
  assert.doesNotMatch(document, /OS-DCF/);
});

test('an empty array is an empty map, as some clouds write one', () => {
  assert.match(write({ metadata: [], addresses: [] }).document, /<metadata\/><addresses\/>/);
});

/** A value of another kind than described, its document, and the names that are noted. */
const misshapen: readonly (readonly [unknown, string, readonly string[]])[] = [
  [null, '<server><metadata/></server>', []],
  ['x & y', '<server>x &amp; y</server>', ['server']],
  [7, '<server>7</server>', ['server']],
  [[], '<server><metadata/></server>', []],
  [[1, 'a'], "<server>[1, u'a']</server>", ['server']],
  [{ image: 'x' }, '<server><image>x</image><metadata/></server>', ['image']],
  [{ image: [] }, '<server><image/><metadata/></server>', []],
  [{ image: false }, '<server><image>False</image><metadata/></server>', ['image']],
  [{ links: {} }, '<server><metadata/></server>', ['atom:link']],
  [{ links: { rel: 'self' } }, '<server><metadata/><atom:link rel="self"/></server>', ['atom:link']],
  [{ links: [null, 'x'] }, '<server><metadata/><atom:link/><atom:link>x</atom:link></server>', ['atom:link']],
  [
    { metadata: { a: {}, b: [{ device_name: '/dev/vda' }] } },
    '<server><metadata><meta key="a">{}</meta><meta key="b">[{u\'device_name\': u\'/dev/vda\'}]</meta></metadata></server>',
    ['meta'],
  ],
  [{ metadata: 'x' }, '<server><metadata>x</metadata></server>', ['meta']],
  [{ name: {} }, '<server name="{}"><metadata/></server>', ['name']],
  [{ name: ['<"\u0001'] }, '<server name="[u\'&lt;&quot;\\x01\']"><metadata/></server>', ['name']],
  [
    { addresses: { a: 'x' } },
    '<server><metadata/><addresses><network id="a"><ip>x</ip></network></addresses></server>',
    ['ip'],
  ],
];

for (const [value, document, names] of misshapen) {
  test(`${JSON.stringify(value)} in the place of a server is written as far as it can be`, () => {
    assert.equal(body(value), document);
    assert.deepEqual(write(value).misshapen, names);
  });
}

/** The forms of addresses as an array of objects, which ECS documents. */
const arrays: readonly (readonly [unknown, string])[] = [
  [
    [{ n1: [{ addr: '10.0.0.2', version: 4 }] }, { n2: [{ addr: '10.0.0.3', version: 4 }] }],
    '<network id="n1"><ip version="4" addr="10.0.0.2"/></network><network id="n2"><ip version="4" addr="10.0.0.3"/></network>',
  ],
  [
    [{ n1: [{ addr: '10.0.0.2', version: 4 }], n2: [] }, { n1: [{ addr: 'fe80::1', version: 6 }] }],
    '<network id="n1"><ip version="4" addr="10.0.0.2"/><ip version="6" addr="fe80::1"/></network><network id="n2"/>',
  ],
  [
    [
      { addr: '10.0.0.2', version: 4 },
      { addr: 'fe80::1', version: 6 },
    ],
    '<network id="private"><ip version="4" addr="10.0.0.2"/><ip version="6" addr="fe80::1"/></network>',
  ],
  [[{ addr: [{ addr: '10.0.0.2', version: 4 }] }], '<network id="addr"><ip version="4" addr="10.0.0.2"/></network>'],
];

for (const [addresses, networks] of arrays) {
  test(`addresses as an array are read: ${JSON.stringify(addresses)}`, () => {
    assert.equal(body({ addresses }), `<server><metadata/><addresses>${networks}</addresses></server>`);
    assert.deepEqual(write({ addresses }).misshapen, ['network']);
  });
}

function rootOf(value: unknown): string {
  return /<server[^>]*>/.exec(write(value).document)?.[0] ?? '';
}

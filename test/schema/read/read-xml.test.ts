import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rebuild } from '../../../src/compute/operations/rebuild.ts';
import { Fault } from '../../../src/fault.ts';
import { xml } from '../../../src/media/xml.ts';
import { freshReading } from '../fresh-reading.ts';

const image = '70a599e0-31e7-49b7-b260-868f441e862b';
const compute = 'http://docs.openstack.org/compute/api/v1.1';
const disk = 'http://docs.openstack.org/compute/ext/disk_config/api/v1.1';

/** Make a rebuild with the given attributes and content. */
const document = (attributes: string, content = ''): string =>
  `<rebuild xmlns="${compute}" imageRef="${image}"${attributes}>${content}</rebuild>`;

function read(text: string, reading = freshReading()): unknown {
  return xml.open(Buffer.from(text)).readAs(rebuild.request, reading);
}

/** The title, the attributes, the content, and the value that is read besides the image. */
const understood: readonly (readonly [string, string, string, object])[] = [
  ['nothing but the image', '', '', {}],
  ['a name with spaces, verbatim', ' name=" new  server "', '', { name: ' new  server ' }],
  ['an empty password, kept', ' adminPass=""', '', { adminPass: '' }],
  ['a password with markup in it', ' adminPass="&lt;&amp;&quot;&apos;&#x20AC; "', '', { adminPass: '<&"\'€ ' }],
  ['accessIPv4', ' accessIPv4="1.2.3.4"', '', { accessIPv4: '1.2.3.4' }],
  ['accessIPv6', ' accessIPv6="fe80::100"', '', { accessIPv6: 'fe80::100' }],
  ['auto_disk_config', ' auto_disk_config="AUTO"', '', { 'OS-DCF:diskConfig': 'AUTO' }],
  ['OS-DCF:diskConfig', ` xmlns:OS-DCF="${disk}" OS-DCF:diskConfig="MANUAL"`, '', { 'OS-DCF:diskConfig': 'MANUAL' }],
  ['diskConfig under any URI', ' xmlns:OS-DCF="u" OS-DCF:diskConfig="AUTO"', '', { 'OS-DCF:diskConfig': 'AUTO' }],
  ['diskConfig under another prefix', ` xmlns:d="${disk}" d:diskConfig="AUTO"`, '', { 'OS-DCF:diskConfig': 'AUTO' }],
  [
    'diskConfig, which wins over auto_disk_config',
    ' auto_disk_config="AUTO" xmlns:OS-DCF="u" OS-DCF:diskConfig="MANUAL"',
    '',
    { 'OS-DCF:diskConfig': 'MANUAL' },
  ],
  ['no metadata', '', '<other/>', {}],
  ['empty metadata, which clears', '', '<metadata/>', { metadata: {} }],
  ['metadata of text only', '', '<metadata> \n x </metadata>', { metadata: {} }],
  ['metadata', '', '<metadata><meta key="a b">1</meta><meta key="c"/></metadata>', { metadata: { 'a b': '1', c: '' } }],
  ['the first metadata of two', '', '<metadata/><metadata><meta key="a">1</meta></metadata>', { metadata: {} }],
  [
    'the last of two metadata items of a key',
    '',
    '<metadata><meta key="a">1</meta><meta key="a">2</meta></metadata>',
    { metadata: { a: '2' } },
  ],
  ['metadata beside unknown children', '', '<metadata><x/><meta key="a">1</meta></metadata>', { metadata: { a: '1' } }],
  ['only direct metadata items', '', '<metadata><x><meta key="a">1</meta></x></metadata>', { metadata: {} }],
  ['no personality', '', '', {}],
  ['empty personality', '', '<personality/>', { personality: [] }],
  [
    'the first personality of two',
    '',
    '<personality/><personality><file path="/a">eA==</file></personality>',
    { personality: [] },
  ],
  [
    'files in their order, duplicates kept',
    '',
    '<personality><file path="/b">eA==</file><file path="/a">eQ==</file><file path="/b">eA==</file></personality>',
    {
      personality: [
        { path: '/b', contents: 'eA==' },
        { path: '/a', contents: 'eQ==' },
        { path: '/b', contents: 'eA==' },
      ],
    },
  ],
  [
    'an empty file',
    '',
    '<personality><file path="/a"/></personality>',
    { personality: [{ path: '/a', contents: '' }] },
  ],
  [
    'base64 without its white space',
    '',
    '<personality><file path="/a">\n  ICAg\r\n\tICAg &#11;&#10;</file></personality>'.replace('&#11;', ''),
    { personality: [{ path: '/a', contents: 'ICAgICAg' }] },
  ],
  ['children in any order', '', '<personality/><metadata/>', { metadata: {}, personality: [] }],
  ['no children in the place of attributes', '', `<name>x</name><imageRef>${image}</imageRef>`, {}],
  ['no JSON-only members', ' key_name="k" user_data="eA=="', '<key_name>k</key_name>', {}],
  ['no unknown attributes and elements', ' flavorRef="1" nonsense=""', '<networks><network/></networks>', {}],
  [
    'CDATA and comments in text',
    '',
    '<metadata><meta key="a">x<![CDATA[<y>]]><!-- no -->z</meta></metadata>',
    { metadata: { a: 'x<y>z' } },
  ],
  [
    'text without the text of children',
    '',
    '<metadata><meta key="a">x<b>no</b>y</meta></metadata>',
    { metadata: { a: 'xy' } },
  ],
  [
    'text with instructions in it',
    '',
    '<metadata><meta key="a">x<?p?>y<b/>z<?p?></meta></metadata>',
    { metadata: { a: 'xyz' } },
  ],
  ['text untrimmed', '', '<metadata><meta key=" a ">\n x \n</meta></metadata>', { metadata: { ' a ': '\n x \n' } }],
];

for (const [title, attributes, content, expected] of understood) {
  test(`XML gives ${title}`, () =>
    assert.deepEqual(read(document(attributes, content)), { imageRef: image, ...expected }));
}

test('metadata keys with a meaning to JavaScript, such as __proto__, are ordinary keys', () => {
  const value = read(
    document('', '<metadata><meta key="__proto__">1</meta><meta key="constructor">2</meta></metadata>'),
  );
  assert.equal(JSON.stringify(value), `{"imageRef":"${image}","metadata":{"__proto__":"1","constructor":"2"}}`);
});

for (const [spelling, value] of [
  ...['1', 't', 'true', 'on', 'y', 'yes', 'True', 'YES', ' true\t', 'oN'].map((text) => [text, true] as const),
  ...['0', 'f', 'false', 'off', 'n', 'no', 'False', 'OFF', '\n no '].map((text) => [text, false] as const),
]) {
  test(`preserve_ephemeral ${JSON.stringify(spelling)} is ${value}`, () => {
    assert.deepEqual(read(document(` preserve_ephemeral="${spelling}"`)), {
      imageRef: image,
      preserve_ephemeral: value,
    });
  });
}

/** The same rebuild with the namespaces and prefixes that callers use. */
const clothes: readonly (readonly [string, string])[] = [
  ['no namespace', `<rebuild imageRef="${image}"><metadata/></rebuild>`],
  ['another namespace', `<rebuild xmlns="urn:x" imageRef="${image}"><metadata xmlns="urn:y"/></rebuild>`],
  ['a prefix', `<c:rebuild xmlns:c="${compute}" imageRef="${image}"><c:metadata/></c:rebuild>`],
  [
    'a prefix and a default of the same URI',
    `<rebuild xmlns="u" xmlns:c="u" imageRef="${image}"><c:metadata/></rebuild>`,
  ],
  ['prefixed attributes', `<c:rebuild xmlns:c="u" c:imageRef="${image}"><c:metadata/></c:rebuild>`],
  ['a comment and an instruction before the root', `<!-- x --><?p?><rebuild imageRef="${image}"><metadata/></rebuild>`],
];

for (const [title, text] of clothes) {
  test(`a rebuild with ${title} is understood`, () => {
    assert.equal(xml.open(Buffer.from(text)).action(), 'rebuild');
    assert.deepEqual(read(text), { imageRef: image, metadata: {} });
  });
}

test('an attribute without a prefix counts before a prefixed attribute of the same name', () => {
  const text = `<rebuild xmlns:c="u" c:imageRef="x" imageRef="${image}" c:name="no" name="yes"/>`;
  assert.deepEqual(read(text), { imageRef: image, name: 'yes' });
});

/** Documents that are refused, with the path of the member. */
const refused: readonly (readonly [string, string, number, RegExp])[] = [
  ['no image', '<rebuild/>', 400, /^rebuild\.imageRef: /],
  ['an image as a child', `<rebuild><imageRef>${image}</imageRef></rebuild>`, 400, /^rebuild\.imageRef: /],
  ['an empty image', '<rebuild imageRef=""/>', 400, /^rebuild\.imageRef: Invalid imageRef provided\.$/],
  ['an empty name', document(' name=""'), 400, /^rebuild\.name: /],
  ['a name of spaces', document(' name="  "'), 400, /^rebuild\.name: /],
  ['a bad boolean', document(' preserve_ephemeral="maybe"'), 400, /^rebuild\.preserve_ephemeral: /],
  ['an empty boolean', document(' preserve_ephemeral=""'), 400, /^rebuild\.preserve_ephemeral: /],
  ['a bad disk config', document(' auto_disk_config="auto"'), 400, /^rebuild\.OS-DCF:diskConfig: /],
  ['an empty disk config', document(' auto_disk_config=""'), 400, /^rebuild\.OS-DCF:diskConfig: /],
  ['an empty address', document(' accessIPv4=""'), 400, /^rebuild\.accessIPv4: /],
  ['a network as an address', document(' accessIPv6="fe80::/64"'), 400, /^rebuild\.accessIPv6: /],
  ['an item without a key', document('', '<metadata><meta>1</meta></metadata>'), 400, /^rebuild\.metadata: .*blank/],
  [
    'a file without a path',
    document('', '<personality><file>eA==</file></personality>'),
    400,
    /^rebuild\.personality\[0\]\.path: /,
  ],
  [
    'contents that are no base64',
    document('', '<personality><file path="/a">eA==</file><file path="/b">e!</file></personality>'),
    400,
    /^rebuild\.personality\[1\]\.contents: .*cannot be decoded/,
  ],
  ['no body', '', 400, /^Malformed request body: /],
  ['no XML', '{}', 400, /^Malformed request body: it does not begin with '<'$/],
  ['a DOCTYPE', '<!DOCTYPE a><a/>', 400, /^Malformed request body: a DOCTYPE is not allowed$/],
];

for (const [title, text, status, message] of refused) {
  test(`XML with ${title} is refused`, () => {
    assert.throws(
      () => read(text),
      (error) => error instanceof Fault && error.status === status && message.test(error.message),
    );
  });
}

test('unknown names are noted with their path, except attributes about the document', () => {
  const reading = freshReading();
  const xsi = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" xml:lang="de"';
  const content = '<networks/><metadata><x/></metadata><personality><file path="/a" mode="1">eA==</file></personality>';
  read(document(`${xsi} key_name="k"`, content), reading);
  assert.deepEqual(
    reading.unknown.toSorted((a, b) => a.localeCompare(b)),
    ['rebuild.key_name', 'rebuild.metadata.x', 'rebuild.networks', 'rebuild.personality[0].mode'],
  );
});

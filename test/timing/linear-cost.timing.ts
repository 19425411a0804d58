import { describe } from 'node:test';
import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { grows, messageOf, numbered } from './costs.ts';

const rebuild = messageOf('rebuild', 'request');
const specs = messageOf('createExtraSpecs', 'request');
const image = '70a599e0-31e7-49b7-b260-868f441e862b';

const xmlFloods: Readonly<Record<string, readonly [number, (n: number) => string]>> = {
  attributes: [2500, (n) => `<rebuild imageRef="${image}" ${numbered(n, (i) => `a${i}=""`, ' ')}/>`],
  namespaces: [1500, (n) => `<rebuild imageRef="${image}" ${numbered(n, (i) => `xmlns:a${i}="u${i}"`, ' ')}/>`],
  'attributes with namespaces': [
    800,
    (n) => `<rebuild imageRef="${image}" ${numbered(n, (i) => `xmlns:a${i}="u${i}" a${i}:b=""`, ' ')}/>`,
  ],
  'tiny elements': [7000, (n) => `<rebuild imageRef="${image}">${'<b/>'.repeat(n)}</rebuild>`],
  'texts and elements': [5000, (n) => `<rebuild imageRef="${image}">${'x<b/>'.repeat(n)}</rebuild>`],
  'texts and elements behind an instruction': [
    5000,
    (n) => `<rebuild imageRef="${image}"><?p?>${'x<b/>'.repeat(n)}</rebuild>`,
  ],
  'elements behind a thousand instructions': [
    5000,
    (n) => `<rebuild imageRef="${image}">${'<?p?>'.repeat(1000)}${'<b/>'.repeat(n)}</rebuild>`,
  ],
  'nested elements': [
    500,
    (n) => `<rebuild imageRef="${image}">${('<b>'.repeat(50) + '</b>'.repeat(50)).repeat(n / 10)}</rebuild>`,
  ],
  comments: [4000, (n) => `<rebuild imageRef="${image}">${'<!---->'.repeat(n)}</rebuild>`],
  'comments that do not end': [7000, (n) => `<rebuild imageRef="${image}">${'<!--'.repeat(n)}`],
  'comments before the root': [4000, (n) => `${'<!---->'.repeat(n)}<rebuild/>`],
  'marks in comments that do not end': [7000, (n) => `<rebuild>\uFEFF${'<!--'.repeat(n)}`],
  'references to a mark': [3000, (n) => `<rebuild imageRef="${image}">${'&#xFEFF;'.repeat(n)}</rebuild>`],
  'zeros in references': [25_000, (n) => `<rebuild imageRef="${image}">&#${'0'.repeat(n)};</rebuild>`],
  CDATA: [2000, (n) => `<rebuild imageRef="${image}">${'<![CDATA[x]]>'.repeat(n)}</rebuild>`],
  references: [4000, (n) => `<rebuild imageRef="${image}">${'&#120;'.repeat(n)}</rebuild>`],
  'lines of a value': [25_000, (n) => `<rebuild imageRef="${image}" name="${'\n'.repeat(n)}"/>`],
  metadata: [
    1000,
    (n) =>
      `<rebuild imageRef="${image}"><metadata>${numbered(n, (i) => `<meta key="${i}">x</meta>`)}</metadata></rebuild>`,
  ],
  'the same key': [
    1000,
    (n) => `<rebuild imageRef="${image}"><metadata>${'<meta key="k">x</meta>'.repeat(n)}</metadata></rebuild>`,
  ],
  files: [
    1000,
    (n) =>
      `<rebuild imageRef="${image}"><personality>${'<file path="/a">eA==</file>'.repeat(n)}</personality></rebuild>`,
  ],
  'base64 with spaces': [
    20_000,
    (n) =>
      `<rebuild imageRef="${image}"><personality><file path="/a">${'e '.repeat(n / 2)}</file></personality></rebuild>`,
  ],
};

// Holds parse.ts, saved-tree.ts, doctype.ts, xml-names.ts, read-xml.ts.
describe('reading XML costs no more than its length', () => {
  for (const [what, [size, write]] of Object.entries(xmlFloods)) {
    grows(what, size, (n) => {
      const body = Buffer.from(write(n));
      return () => xml.open(body).readAs(rebuild, freshReading());
    });
  }
  grows('named elements', 1500, (n) => {
    const body = Buffer.from(`<extra_specs>${numbered(n, (i) => `<k${i}>x</k${i}>`)}</extra_specs>`);
    return () => xml.open(body).readAs(specs, freshReading());
  });
});

const jsonFloods: Readonly<Record<string, readonly [number, (n: number) => string]>> = {
  members: [2500, (n) => numbered(n, (i) => `"a${i}":0`, ',')],
  'the same member': [5000, (n) => `${'"a":0,'.repeat(n)}"b":0`],
  items: [12_000, (n) => `"a":[${'0,'.repeat(n)}0]`],
  'inexact numbers': [6000, (n) => `"a":[${'1.0,'.repeat(n)}0]`],
  digits: [25_000, (n) => `"a":${'9'.repeat(n)}`],
  'digits of an integer': [25_000, (n) => `"accessIPv4":${'9'.repeat(n)}`],
  nesting: [3000, (n) => `"a":${'['.repeat(n)}${']'.repeat(n)}`],
  escapes: [4000, (n) => `"a":"${'\\u0041'.repeat(n)}"`],
  space: [25_000, (n) => `"a":${' '.repeat(n)}0`],
  'commas and space in a text': [12_000, (n) => `"a":"${', '.repeat(n)}"`],
  metadata: [2500, (n) => `"metadata":{${numbered(n, (i) => `"${i}":"x"`, ',')}}`],
  'slashes of an image': [25_000, (n) => `"imageRef":"${'/'.repeat(n)}x"`],
  'dots of an address': [25_000, (n) => `"accessIPv4":"${'.'.repeat(n)}"`],
  'colons of an address': [25_000, (n) => `"accessIPv6":"${':'.repeat(n)}"`],
  'space of a name': [25_000, (n) => `"name":"${' '.repeat(n)}x"`],
};

// Holds exact-json.ts, nesting.ts, read-json.ts, formats.ts.
describe('reading JSON costs no more than its length', () => {
  for (const [what, [size, write]] of Object.entries(jsonFloods)) {
    for (const keepUnknown of [false, true]) {
      grows(keepUnknown ? `${what}, on v2.1` : what, size, (n) => {
        const body = Buffer.from(`{"rebuild":{"imageRef":"${image}",${write(n)}}}`);
        return () => json.open(body).readAs(rebuild, freshReading({ keepUnknown }));
      });
    }
  }
});

import * as fc from 'fast-check';

/** Pieces of documents that have broken parsers and readers before. */
const xmlPieces = [
  '<',
  '</',
  '/>',
  '>',
  '<a>',
  '</a>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?p',
  '?>',
  '&#0;',
  '&#xD800;',
]
  .concat([
    '&#xFEFF;',
    '&lt;',
    '&x;',
    '<!DOCTYPE a [',
    '<!ENTITY x "y">',
    ' xmlns="u"',
    ' xmlns:a="u"',
    ' a:b="c"',
    ' xml:lang="x"',
  ])
  .concat([
    '="',
    "='",
    '"',
    "'",
    ' a=""',
    '<rebuild/>',
    '<meta key="__proto__">x</meta>',
    '<?p?>x<b/>',
    '\uFEFF',
    '\0',
    '\r\n',
    '\u0085',
  ]);
const jsonPieces = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"',
  '\\',
  '\\u',
  '\\ud800',
  '\\u0000',
  '"__proto__":',
  '"constructor":{}',
  'null',
].concat([
  'true',
  '1e400',
  '-0',
  '1.0',
  '0.0000001',
  '9'.repeat(30),
  '[[[[',
  '{"a":',
  '"a":"b",',
  '[]',
  '{}',
  '""',
  '\uFEFF',
  '\0',
]);
const bytes = [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5], [0x80], [0]].map((codes) => Buffer.from(codes));
const pieces: readonly Buffer[] = [...xmlPieces, ...jsonPieces].map((piece) => Buffer.from(piece)).concat(bytes);

/** A change of bytes, at a place that is a part of their length. */
interface Mutation {
  readonly kind: 'cut' | 'insert' | 'replace' | 'double' | 'move' | 'flip' | 'token' | 'end' | 'flood';
  readonly at: number;
  readonly to: number;
  readonly length: number;
  readonly piece: Buffer;
}

const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('cut', 'insert', 'replace', 'double', 'move', 'flip', 'token', 'token', 'end', 'flood'),
  at: part,
  to: part,
  length: fc.nat({ max: 40 }),
  piece: fc.constantFrom(...pieces),
});

/** A few changes of a document, sometimes none. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(mutation, { maxLength: 4 });

/** The document with its changes. */
export function mutated(document: Buffer, changes: readonly Mutation[]): Buffer {
  return changes.reduce(mutate, document);
}

function mutate(document: Buffer, { kind, at, to, length, piece }: Mutation): Buffer {
  const place = Math.floor(at * document.length);
  const other = Math.floor(to * document.length);
  const [head, tail] = [document.subarray(0, place), document.subarray(place)];
  const stretch = document.subarray(place, place + length);
  switch (kind) {
    case 'cut':
      return Buffer.concat([head, tail.subarray(length)]);
    case 'insert':
      return Buffer.concat([head, piece, tail]);
    case 'replace':
      return Buffer.concat([head, piece, tail.subarray(length)]);
    case 'double':
      return Buffer.concat([head, stretch, tail]);
    case 'move':
      return Buffer.concat([document.subarray(0, other), stretch, document.subarray(other)]);
    case 'flip': {
      const flipped = Buffer.from(document);
      if (flipped.length > 0) flipped[place] = (flipped[place] ?? 0) ^ (1 << (length % 8));
      return flipped;
    }
    case 'token':
      return replaceToken(document, place, piece);
    case 'end':
      return head;
    case 'flood':
      return Buffer.concat([head, ...Array.from({ length: length * 5 }, () => piece), tail]);
    default:
      return kind satisfies never;
  }
}

/** A name, a number or a text behind a place replaced by a piece: what is left often is a document still. */
function replaceToken(document: Buffer, place: number, piece: Buffer): Buffer {
  const text = document.toString('latin1');
  const token = /[\w.+-]+|"[^"]*"/g;
  token.lastIndex = place;
  const found = token.exec(text);
  if (found === null) return Buffer.concat([document, piece]);
  return Buffer.concat([document.subarray(0, found.index), piece, document.subarray(found.index + found[0].length)]);
}

import { MalformedXml } from './malformed-xml.ts';
import { isWhiteSpace } from './white-space.ts';

/** The decoders of the encodings that every XML processor must read, and of the two others that old clients declare. */
const decoders: ReadonlyMap<string, (bytes: Buffer) => string> = new Map(
  Object.entries({
    'utf-8': (bytes: Buffer) => decodeStrictly(bytes, 'utf-8'),
    'utf-16le': (bytes: Buffer) => decodeStrictly(bytes, 'utf-16le'),
    'utf-16be': (bytes: Buffer) => decodeStrictly(bytes, 'utf-16be'),
    'iso-8859-1': (bytes: Buffer) => bytes.toString('latin1'),
    'us-ascii': decodeAscii,
  }),
);

/** The other names of these encodings. */
const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries({ utf8: 'utf-8', latin1: 'iso-8859-1', ascii: 'us-ascii' }),
);

/** The names of other single-byte encodings. Legacy Nova accepted them for documents whose bytes are all ASCII. */
const singleByte =
  /^(?:windows-\d+|cp\d+|ibm\d+|iso[-_]?8859[-_]\d+|latin[-_]?\d+|koi8-[ru]|mac(?:intosh|-\w+)|tis-620)$/;

/** The byte order marks, which decide the encoding and override the declaration (XML 1.0, appendix F). */
const marks: readonly { bytes: readonly number[]; encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

const lessThan = 0x3c;

const declaration = /^<\?xml\s[^>]*?\sencoding\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const declarationEnd = '?>';

/**
 * Convert a document in any supported encoding to UTF-8 without a byte order mark. Bytes that are declared as UTF-8, or have
 * no declaration, are returned with only their beginning and NUL checked: libxml2 guesses the encoding from the first four
 * bytes whatever encoding it gets, and guesses UTF-8 from these.
 * @throws {MalformedXml} for an encoding that is unknown, contradicts the first bytes, or does not fit the bytes
 */
export function toUtf8(bytes: Buffer): Buffer {
  const utf8 = decoded(bytes);
  // XML has no U+0000. UTF-32, in any order of its bytes, has it in each character when it is read as UTF-16, as expat does.
  if (utf8.includes(0)) throw new MalformedXml('it contains U+0000');
  let at = 0;
  while (isWhiteSpace(utf8[at])) at += 1;
  // A second mark, or EBCDIC.
  if (utf8[at] !== lessThan) throw new MalformedXml("it does not begin with '<'");
  return utf8;
}

function decoded(bytes: Buffer): Buffer {
  const mark = marks.find((known) => known.bytes.every((byte, index) => bytes[index] === byte));
  const content = bytes.subarray(mark?.bytes.length ?? 0);
  const encoding = mark?.encoding ?? unmarkedUtf16(bytes);
  if (encoding !== undefined && encoding !== 'utf-8') {
    const text = decode(content, encoding);
    requireEncoding(declaredEncoding(text), ['utf-16', encoding]);
    return Buffer.from(text);
  }
  const declared = declaredEncoding(content.toString('latin1', 0, content.indexOf(declarationEnd) + 1)) ?? 'utf-8';
  if (mark !== undefined) requireEncoding(declared, ['utf-8']);
  if (declared.startsWith('utf-16'))
    throw new MalformedXml(`the document declares ${declared}, but is not in that encoding`);
  // The parser refuses malformed UTF-8 itself.
  return declared === 'utf-8' ? content : Buffer.from(decode(content, declared));
}

/** Recognize UTF-16 without a mark, as expat does: the first character of a document is ASCII, so one of its bytes is NUL. */
function unmarkedUtf16(bytes: Buffer): string | undefined {
  if (bytes[0] === 0) return 'utf-16be';
  return bytes[1] === 0 ? 'utf-16le' : undefined;
}

function decode(bytes: Buffer, encoding: string): string {
  const decoder = decoders.get(encoding) ?? (singleByte.test(encoding) ? decodeAscii : undefined);
  if (decoder === undefined) throw new MalformedXml('the declared encoding is unknown');
  return decoder(bytes);
}

function declaredEncoding(text: string): string | undefined {
  const found = declaration.exec(text);
  const name = (found?.[1] ?? found?.[2])?.toLowerCase();
  return name === undefined ? undefined : (aliases.get(name) ?? name);
}

function requireEncoding(declared: string | undefined, allowed: readonly string[]): void {
  if (declared !== undefined && !allowed.includes(declared)) {
    throw new MalformedXml(`the document declares ${declared}, but is in ${allowed.at(-1)}`);
  }
}

function decodeStrictly(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MalformedXml(`the bytes are not valid ${encoding}`);
  }
}

function decodeAscii(bytes: Buffer): string {
  if (bytes.some((byte) => byte > 0x7f)) throw new MalformedXml('the bytes are not all ASCII');
  return bytes.toString('latin1');
}

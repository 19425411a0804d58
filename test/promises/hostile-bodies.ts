import { imageId } from '../support/rebuild-call.ts';

/** How large the body of a translated request may be. */
export const bodyLimit = 114_688;

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const fill = (start: string, piece: string | ((n: number) => string), end: string): string => {
  let text = start;
  for (let n = 0; ; n += 1) {
    const next = typeof piece === 'string' ? piece : piece(n);
    if (text.length + next.length + end.length > bodyLimit) return text + end;
    text += next;
  }
};
const open = `<rebuild imageRef="${imageId}">`;
const close = '</rebuild>';
const bomb = (kind: string): string =>
  `<!DOCTYPE rebuild [<!ENTITY ${kind}a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, n) => `<!ENTITY ${kind}e${n} "${`&${n === 0 ? 'a' : `e${n - 1}`};`.repeat(10)}">`).join('')}]>`;

/** The answers that a document may get: a fault of the caller, a normal answer, or either. */
export type Verdict = 'refused' | 'taken' | 'either';

/** Hostile documents of a rebuild in XML, by what they are. */
export const hostileXml: Readonly<Record<string, readonly [string | Buffer, Verdict]>> = {
  'a bomb of entities': [`${bomb('')}${open}<metadata><meta key="k">&e19;</meta></metadata>${close}`, 'refused'],
  'a bomb of parameter entities': [`${bomb('% ')}${open}${close}`, 'refused'],
  'an external entity of a file': [
    `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${open}<metadata><meta key="k">&x;</meta></metadata>${close}`,
    'refused',
  ],
  'an external entity of a host': [
    `<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]>${open}&x;${close}`,
    'refused',
  ],
  'an external subset': [`<!DOCTYPE rebuild SYSTEM "http://127.0.0.1:1/evil.dtd">${open}${close}`, 'refused'],
  'a DOCTYPE behind comments and instructions': [`<?a?><!-- x --> <!DOCTYPE r>${open}${close}`, 'refused'],
  'an undeclared entity': [`${open}&nope;${close}`, 'refused'],
  'an inclusion': [
    `${open}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>${close}`,
    'taken',
  ],
  'elements that nest 20,000 deep': [`${open}${'<a>'.repeat(16_000)}${'</a>'.repeat(16_000)}${close}`, 'refused'],
  'elements that nest and never end': [fill(open, '<a>', ''), 'refused'],
  'an attribute as large as the limit': [fill(`<rebuild imageRef="${imageId}" x="`, 'a', '"/>'), 'taken'],
  'a flood of attributes': [fill(`<rebuild imageRef="${imageId}"`, (n) => ` a${n}=""`, '/>'), 'taken'],
  'a flood of the same attribute': [fill(`<rebuild imageRef="${imageId}"`, ' a=""', '/>'), 'refused'],
  'a flood of namespaces': [fill(`<rebuild imageRef="${imageId}"`, (n) => ` xmlns:n${n}="u${n}"`, '/>'), 'either'],
  'a flood of namespaces, each of a nested element': [
    `${open}${Array.from({ length: 60 }, (_, n) => `<a xmlns:n${n}="u">`).join('')}${'</a>'.repeat(60)}${close}`,
    'taken',
  ],
  'a flood of tiny elements': [fill(open, '<a/>', close), 'taken'],
  'a flood of tiny elements with texts between': [fill(open, 'x<a/>', close), 'taken'],
  'a flood of texts and elements behind an instruction': [fill(`${open}<?p?>`, 'x<a/>', close), 'taken'],
  'a flood of comments': [fill(open, '<!---->', close), 'taken'],
  'a flood of instructions': [fill(open, '<?a?>', close), 'taken'],
  'a flood of CDATA': [fill(open, '<![CDATA[]]>', close), 'taken'],
  'a flood of references': [fill(open, '&#65;', close), 'taken'],
  'a flood of metadata': [
    fill(`${open}<metadata>`, (n) => `<meta key="${n}">x</meta>`, `</metadata>${close}`),
    'refused',
  ],
  'a name as long as the limit': [fill('<', 'a', '/>'), 'refused'],
  'an unknown root': ['<constructor/>', 'refused'],
  'bytes that are no UTF-8': [Buffer.from(`${open}\xff\xfe\xc0\xaf${close}`, 'latin1'), 'refused'],
  'a surrogate in UTF-8': [
    Buffer.concat([Buffer.from(open), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(close)]),
    'refused',
  ],
  'a reference to a surrogate': [`${open}&#xD800;${close}`, 'refused'],
  'a NUL': [`${open}\0${close}`, 'refused'],
  'a reference to NUL': [`${open}&#0;${close}`, 'refused'],
  'a control character': [`${open}\u0001${close}`, 'refused'],
  'UTF-16 with its mark': [utf16(`\uFEFF${open}${close}`), 'taken'],
  'UTF-16 that ends in half a character': [utf16(`\uFEFF${open}${close}`).subarray(0, -1), 'refused'],
  'a lone surrogate in UTF-16': [utf16(`\uFEFF${open}\uD800${close}`), 'refused'],
  'UTF-32': [Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), 'refused'],
  'an entity in UTF-32': [
    Buffer.from(
      Array.from(`<!DOCTYPE r [<!ENTITY x "boom">]><rebuild imageRef="${imageId}" name="&x;"/>`)
        .map((character) => `${character}\0\0\0`)
        .join(''),
    ),
    'refused',
  ],
  'UTF-7 by its declaration': [`<?xml version="1.0" encoding="UTF-7"?>${open}${close}`, 'refused'],
  'EBCDIC by its declaration': [`<?xml version="1.0" encoding="ebcdic-cp-us"?>${open}${close}`, 'refused'],
  'two marks': [`\uFEFF\uFEFF${open}${close}`, 'refused'],
  'a mark': [`\uFEFF${open}${close}`, 'taken'],
  'two roots': [`${open}${close}${open}${close}`, 'refused'],
  nothing: ['', 'refused'],
};

const member = (json: string): string => `{"rebuild": {"imageRef": "${imageId}", ${json}}}`;
const tail = '}}';
const start = `{"rebuild": {"imageRef": "${imageId}", `;

/** Hostile documents of a rebuild in JSON, by what they are. */
export const hostileJson: Readonly<Record<string, readonly [string | Buffer, Verdict]>> = {
  'arrays that nest 50,000 deep': [member(`"x": ${'['.repeat(50_000)}${']'.repeat(50_000)}`), 'refused'],
  'arrays that nest 50,000 deep, with a number that is not exact': [
    member(`"x": ${'['.repeat(50_000)}1.0${']'.repeat(50_000)}`),
    'refused',
  ],
  'objects that nest 15,000 deep': [member(`"x": ${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`), 'refused'],
  'arrays that nest and never end': [fill(start, '[', ''), 'refused'],
  'a flood of members': [fill(start, (n) => `"a${n}":0,`, `"z":0${tail}`), 'taken'],
  'a flood of the same member': [fill(start, '"a":0,', `"z":0${tail}`), 'taken'],
  'a flood of items': [fill(`${start}"x": [`, '0,', `0]${tail}`), 'refused'],
  'a flood of numbers that are not exact': [fill(`${start}"x": [`, '1.0,', `0]${tail}`), 'taken'],
  'a flood of metadata': [fill(`${start}"metadata": {`, (n) => `"${n}":"x",`, `"z":""}${tail}`), 'refused'],
  'a flood of files': [fill(`${start}"personality": [`, '{"path":"/a","contents":""},', `{}]${tail}`), 'refused'],
  'a number that is too large': [member('"x": 1e400'), 'taken'],
  'a number of 100,000 digits': [member(`"x": ${'9'.repeat(100_000)}`), 'taken'],
  'an exponent of 100,000 digits': [member(`"x": 1e${'9'.repeat(100_000)}`), 'taken'],
  'a number for a text': [member('"name": 1e400'), 'refused'],
  'a flood of escapes': [fill(`${start}"x": "`, '\\u0041', `"${tail}`), 'taken'],
  'a flood of short escapes': [fill(`${start}"x": "`, '\\n', `"${tail}`), 'taken'],
  'a flood of white space': [fill(start, ' \n', `"z":0${tail}`), 'taken'],
  'a key as long as the limit': [fill(`${start}"`, 'k', `":0${tail}`), 'taken'],
  'bytes that are no UTF-8': [Buffer.from(member('"name": "\xff\xfe"'), 'latin1'), 'refused'],
  'a surrogate in UTF-8': [
    Buffer.concat([Buffer.from(`${start}"name": "`), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(`"${tail}`)]),
    'refused',
  ],
  'a raw NUL in a text': [member('"name": "a\0b"'), 'refused'],
  'a raw control character in a text': [member('"name": "a\u0001b"'), 'refused'],
  'UTF-16': [utf16(member('"name": "n"')), 'refused'],
  'a mark': [`\uFEFF${member('"name": "n"')}`, 'refused'],
  NaN: [member('"x": NaN'), 'refused'],
  'a comment': [`${member('"name": "n"')}//`, 'refused'],
  'two documents': [`${member('"name": "n"')}{}`, 'refused'],
  'an array': ['[]', 'refused'],
  null: ['null', 'refused'],
  'a text of one character': ['"a"', 'refused'],
  nothing: ['', 'refused'],
};

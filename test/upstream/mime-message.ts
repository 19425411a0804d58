/** A part of a multipart message, decoded. */
export interface MimePart {
  readonly type: string;
  readonly headers: string;
  readonly body: Buffer;
}

/** Parse the parts of a multipart/mixed message by RFC 2046, strictly, so that a mistake that lenient readers accept fails. */
export function partsOf(message: Buffer): MimePart[] {
  const text = message.toString('latin1');
  const [head = '', ...rest] = text.split('\n\n');
  const boundary = /^Content-Type: multipart\/mixed; boundary="([^"]{1,70})"$/m.exec(head)?.[1];
  if (boundary === undefined || !/^MIME-Version: 1\.0$/m.test(head)) throw new Error(`no multipart: ${head}`);
  const content = `\n${rest.join('\n\n')}`;
  const [preamble = '', ...sections] = content.split(`\n--${boundary}`);
  if (preamble !== '' || sections.at(-1) !== '--\n') throw new Error('no multipart: it does not begin or end as one');
  return sections.slice(0, -1).map(partOf);
}

function partOf(section: string): MimePart {
  if (!section.startsWith('\n')) throw new Error('a boundary is a line');
  const end = section.indexOf('\n\n');
  const headers = section.slice(1, end);
  const body = section.slice(end + 2);
  const encoding = /^Content-Transfer-Encoding: (.*)$/m.exec(headers)?.[1];
  return {
    type: /^Content-Type: ([^;\n]+)/im.exec(headers)?.[1] ?? '',
    headers,
    body: Buffer.from(body, encoding === 'base64' ? 'base64' : 'latin1'),
  };
}

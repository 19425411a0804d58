/** Stands for a text while the rest of its document is printed. */
const standIn = 'a text that is copied as it is';
const gap = JSON.stringify(standIn);

/** A text of ASCII that JSON does not escape, such as base64, and the pieces that it consists of. */
export interface Verbatim {
  readonly text: string;
  readonly pieces: readonly string[];
}

/**
 * A JSON document in UTF-8. Long texts that JSON holds as they are need no look at each of their characters: they are
 * copied once, from where they were read to where they are sent.
 * @param verbatim those that are not in the document do not matter
 */
export function jsonBytes(document: unknown, verbatim: readonly Verbatim[] = []): Buffer {
  if (verbatim.length === 0) return Buffer.from(JSON.stringify(document));
  const copied: Verbatim[] = [];
  const printed = JSON.stringify(document, (_, value: unknown) => {
    const found = typeof value === 'string' ? verbatim.find(({ text }) => text === value) : undefined;
    if (found === undefined) return value;
    copied.push(found);
    return standIn;
  });
  const parts = printed.split(gap);
  // The document has a text like the stand-in of its own.
  if (parts.length !== copied.length + 1) return Buffer.from(JSON.stringify(document));
  return join(parts, copied);
}

function join(parts: readonly string[], copied: readonly Verbatim[]): Buffer {
  const quoted = parts.map((part, index) => (index === 0 ? '' : '"') + part + (index === copied.length ? '' : '"'));
  const size = copied.reduce((sum, { text }) => sum + text.length, Buffer.byteLength(quoted.join('')));
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const [index, part] of quoted.entries()) {
    at += bytes.write(part, at);
    for (const piece of copied[index]?.pieces ?? []) at += bytes.write(piece, at, 'latin1');
  }
  return bytes;
}

/** The placeholder of a copied text while the rest of the document is printed. */
const placeholder = 'a text that is copied as it is';
const gap = JSON.stringify(placeholder);

/** A text of ASCII that JSON does not escape, such as base64, and its pieces. */
export interface Verbatim {
  readonly text: string;
  readonly pieces: readonly string[];
}

/**
 * Print a JSON document in UTF-8. Long texts that need no escaping are copied, piece by piece, into the buffer that is sent:
 * printing a mebibyte of base64 takes 1.7 ms, copying it 0.4 (docs/decisions/0010-plain-documents-are-scanned.md).
 * @param verbatim the texts to copy; those that are not in the document are ignored
 */
export function jsonBytes(document: unknown, verbatim: readonly Verbatim[] = []): Buffer {
  if (verbatim.length === 0) return Buffer.from(JSON.stringify(document));
  const copied: Verbatim[] = [];
  const printed = JSON.stringify(document, (_, value: unknown) => {
    const found = typeof value === 'string' ? verbatim.find(({ text }) => text === value) : undefined;
    if (found === undefined) return value;
    copied.push(found);
    return placeholder;
  });
  const parts = printed.split(gap);
  // The document itself contains the placeholder: print it as a whole.
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

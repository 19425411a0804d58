/** The references that need no declaration: XML's five names, and numbers of at most ten digits. */
const references = /&(?:amp|lt|gt|quot|apos|#(?:[0-9]{1,10}|x[0-9a-fA-F]{1,10}));/y;

const named: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
]);

/** Resolve the references of a text; undefined for an `&` without such a reference, or the number of a character that XML forbids. */
export function resolveReferences(text: string): string | undefined {
  let resolved = '';
  let from = 0;
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', from)) {
    references.lastIndex = at;
    const [reference = ''] = references.exec(text) ?? [];
    const character = named.get(reference) ?? numbered(reference);
    if (character === undefined) return undefined;
    resolved += text.slice(from, at) + character;
    from = at + reference.length;
  }
  return resolved + text.slice(from);
}

function numbered(reference: string): string | undefined {
  if (!reference.startsWith('&#')) return undefined;
  const code = reference.startsWith('x', 2) ? Number.parseInt(reference.slice(3), 16) : Number(reference.slice(2, -1));
  return isCharacter(code) ? String.fromCodePoint(code) : undefined;
}

/** Check that XML 1.0 allows a code point (production Char). */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code < 0xd800 || (code >= 0xe000 && code < 0xfffe) || (code >= 0x10000 && code < 0x110000);
}

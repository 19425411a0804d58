/** The largest number of parts of a list that is read; no program sends as many, and 64 KiB of separators would cost 12 ms. */
const mostParts = 1000;

/**
 * Split the value of a header field at separators outside of quoted strings (RFC 9110, section 5.6). Parts beyond a thousand
 * are ignored.
 */
export function splitList(field: string, separator: ',' | ';'): string[] {
  if (!field.includes('"')) return field.split(separator, mostParts);
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < field.length && parts.length < mostParts; at += 1) {
    const character = field[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === '\\' && isQuoted) at += 1;
    else if (character === separator && !isQuoted) {
      parts.push(field.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, field.slice(start)].slice(0, mostParts);
}

/** Split the value of a header field at separators outside of quoted strings (RFC 9110, section 5.6). */
export function splitList(field: string, separator: ',' | ';'): string[] {
  if (!field.includes('"')) return field.split(separator);
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < field.length; at += 1) {
    const character = field[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === '\\' && isQuoted) at += 1;
    else if (character === separator && !isQuoted) {
      parts.push(field.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, field.slice(start)];
}

/** The parts of a header field between separators, of which those inside quoted strings are none (RFC 9110, 5.6). */
export function splitList(field: string, separator: ',' | ';'): string[] {
  if (!field.includes('"')) return field.split(separator);
  return field.match(separator === ',' ? /(?:"(?:\\.|[^"\\])*"|[^,])+/g : /(?:"(?:\\.|[^"\\])*"|[^;])+/g) ?? [];
}

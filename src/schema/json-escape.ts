/** Escape a UTF-16 code unit for JSON: `\u` and four hexadecimal digits. */
export function jsonEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

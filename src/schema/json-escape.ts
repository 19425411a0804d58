/** A UTF-16 code unit as JSON may spell any of them: `\u` and four hexadecimal digits. */
export function jsonEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Count the characters of a string as Python does: code points, not UTF-16 units. */
export function pythonLength(text: string): number {
  return Array.from(text).length;
}

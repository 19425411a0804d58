/** The length of a string as Python counts it: in code points, not in UTF-16 units. */
export function pythonLength(text: string): number {
  return Array.from(text).length;
}

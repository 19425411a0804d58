/** Check that a byte is white space of XML 1.0 (production S): space, TAB, LF or CR; false for undefined. */
export function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Check that node stopped decompressing because the result exceeds `maxOutputLength`. */
export function isDecompressedTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** Smaller memory is left to garbage collection, in bytes. */
const least = 16_384;

/**
 * Free the memory of a Buffer at once; the Buffer has no bytes afterwards. V8 would keep it until it collects garbage, and
 * runs a full collection for every 64 MB of such memory. A Buffer that shares its memory with others is left alone.
 */
export function releaseMemory({ buffer, byteLength }: Buffer): void {
  if (byteLength >= least && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

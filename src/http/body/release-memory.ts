/** The smallest Buffer that is freed, in bytes; smaller ones are left to garbage collection. */
const least = 16_384;

/**
 * Free the memory of a Buffer at once; the Buffer is empty afterwards. Otherwise V8 keeps the memory until garbage
 * collection, and runs a full collection for every 64 MB of it. A Buffer that shares its memory with others is not freed.
 */
export function releaseMemory({ buffer, byteLength }: Buffer): void {
  if (byteLength >= least && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

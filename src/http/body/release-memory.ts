/** Below it memory is not worth giving back by itself, in bytes. */
const least = 16_384;

/**
 * Gives memory back at once that nobody will read or write any more; what is left has no bytes. V8 would keep it until it
 * collects garbage, and collects all of it, old and young, for every 64 MB of such memory. Bytes that share their memory with
 * others are left alone.
 */
export function giveBack({ buffer, byteLength }: Buffer): void {
  if (byteLength >= least && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

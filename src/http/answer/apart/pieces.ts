/** The length of a piece, in bytes: as much as a socket takes at once. */
const pieceBytes = 65_536;

/** Cut the bytes of a document into pieces, without copying them, so that other exchanges are served between two pieces. */
export function inPieces({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Buffer[] {
  return Array.from({ length: Math.ceil(byteLength / pieceBytes) }, (_, index) => {
    const start = index * pieceBytes;
    return Buffer.from(buffer, byteOffset + start, Math.min(pieceBytes, byteLength - start));
  });
}

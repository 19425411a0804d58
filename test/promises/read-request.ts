/** A request as far as it has come: its whole head, and its body so far. */
export interface ReadRequest {
  readonly method: string;
  readonly head: string;
  readonly headLength: number;
  readonly body: string;
  /** The index of its end in the bytes; undefined while it is incomplete. */
  readonly end: number | undefined;
}

/** Read the request at the beginning of bytes; undefined until its header section is complete. */
export function readRequest(bytes: Buffer): ReadRequest | undefined {
  const headLength = bytes.indexOf('\r\n\r\n') + 4;
  if (headLength === 3) return undefined;
  const head = bytes.toString('latin1', 0, headLength);
  const [method = ''] = head.split(' ', 1);
  const isChunked = /^transfer-encoding:.*chunked\r$/im.test(head);
  // Only marks are looked for in a body, which has no line of its own.
  const last = isChunked ? bytes.indexOf('\r\n0\r\n\r\n', headLength) + 7 : undefined;
  const length = headLength + Number(/^content-length: *(\d+)\r$/im.exec(head)?.[1] ?? 0);
  const end = last === undefined ? (bytes.length < length ? undefined : length) : last === 6 ? undefined : last;
  // A mark stands near the beginning.
  return {
    method,
    head,
    headLength,
    body: bytes.toString('latin1', headLength, Math.min(end ?? bytes.length, headLength + 400)),
    end,
  };
}

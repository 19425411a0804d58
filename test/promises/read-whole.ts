/** A whole answer, read from its bytes; header names are lower case. */
export interface Whole {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** How many bytes it took. */
  readonly length: number;
  /** Whether it says that its connection closes. */
  readonly isLast: boolean;
}

/** Read the answer at the beginning of bytes; undefined if it is incomplete. @throws for bytes that are no answer */
export function readWhole(bytes: Buffer, isEnd: boolean): Whole | undefined {
  const start = bytes.indexOf('\r\n\r\n') + 4;
  if (start === 3) return undefined;
  const [line = '', ...lines] = bytes.toString('latin1', 0, start - 4).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1]);
  if (Number.isNaN(status)) throw new Error(`no answer: ${line}`);
  const headers = new Map(
    lines.map((text) => [text.slice(0, text.indexOf(':')).toLowerCase(), text.slice(text.indexOf(':') + 1).trim()]),
  );
  const made = (body: string, length: number): Whole => ({
    status,
    headers,
    body,
    length,
    isLast: headers.get('connection')?.toLowerCase() === 'close',
  });
  if (status === 204 || status === 304) return made('', start);
  if (/(?:^|,)\s*chunked$/i.test(headers.get('transfer-encoding') ?? '')) {
    const found = unchunk(bytes, start);
    return found && made(found.body, found.end);
  }
  const length = headers.get('content-length');
  if (length === undefined) return isEnd ? made(bytes.toString('utf8', start), bytes.length) : undefined;
  const end = start + Number(length);
  return bytes.length < end ? undefined : made(bytes.toString('utf8', start, end), end);
}

/** Split bytes into answers, each of which must be complete. */
export function readAll(bytes: Buffer): Whole[] {
  const answers: Whole[] = [];
  for (let rest = bytes; rest.length > 0; rest = rest.subarray(answers.at(-1)?.length)) {
    const answer = readWhole(rest, false);
    if (answer === undefined) throw new Error(`no whole answer: ${rest.toString('latin1')}`);
    answers.push(answer);
  }
  return answers;
}

function unchunk(bytes: Buffer, start: number): { body: string; end: number } | undefined {
  const pieces: Buffer[] = [];
  let at = start;
  for (;;) {
    const line = bytes.indexOf('\r\n', at);
    if (line === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (Number.isNaN(size)) throw new Error('no chunk');
    at = line + 2 + size + 2;
    if (bytes.length < at) return undefined;
    pieces.push(bytes.subarray(line + 2, line + 2 + size));
    if (size === 0) return { body: Buffer.concat(pieces).toString('utf8'), end: at };
  }
}

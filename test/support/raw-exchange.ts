import { connect } from 'node:net';

/** An answer, read from its bytes; header names are lower case. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Read an answer whose body is its rest. */
export function readAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(start.split(' ')[1]), headers: Object.fromEntries(headers), body: text.slice(end + 4) };
}

/** Write bytes on a connection of their own, as they are, and read the final answer: to its length, or to the end. */
export function exchangeBytes(url: string, request: Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(request));
    const settle = (): void => {
      socket.destroy();
      resolve(readAnswer(withoutInterim(text)));
    };
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (isWhole(withoutInterim(text))) settle();
    });
    socket.on('end', settle);
    socket.on('error', reject);
  });
}

/** Expect: 100-continue is answered first; the client of these bytes had stopped waiting for it. */
function withoutInterim(text: string): string {
  return text.replace(/^HTTP\/1\.1 100 .*\r\n\r\n/, '');
}

function isWhole(text: string): boolean {
  if (!text.includes('\r\n\r\n')) return false;
  const { status, headers, body } = readAnswer(text);
  const length = headers['content-length'];
  return status === 204 || (length !== undefined && Buffer.byteLength(body) >= Number(length));
}

import { createServer, type Socket } from 'node:net';
import { listBody, listLengths, rebuildBody, showBody } from '../workloads/documents.ts';

/**
 * `node fixed-answers.ts PORT`: a cloud that parses only the length of requests and sends responses prepared at start-up.
 * For benchmarks only, because it does not validate requests.
 */

const headEnd = Buffer.from('\r\n\r\n');
const lists = new Map(listLengths.map((length) => [`${length}`, answer('200 OK', listBody(length))]));
const [shown, rebuilt] = [answer('200 OK', showBody), answer('202 Accepted', rebuildBody)];

function answer(status: string, body: string): Buffer {
  const length = Buffer.byteLength(body);
  return Buffer.from(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`,
  );
}

function answerTo(head: string): Buffer {
  const list = /^GET \S*\/servers\/detail\?limit=(\d+) /.exec(head)?.[1];
  return lists.get(list ?? '') ?? (head.startsWith('GET ') ? shown : rebuilt);
}

function serve(socket: Socket): void {
  let [head, missing] = ['', 0];
  let rest: Buffer = Buffer.alloc(0);
  const take = (piece: Buffer): void => {
    let left = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    while (left.length > 0) {
      if (head === '') {
        const end = left.indexOf(headEnd);
        if (end === -1) break;
        head = left.toString('latin1', 0, end + headEnd.length);
        missing = Number(/\r\ncontent-length: *(\d+)\r/i.exec(head)?.[1] ?? 0);
        left = left.subarray(end + headEnd.length);
      }
      const taken = Math.min(missing, left.length);
      missing -= taken;
      left = left.subarray(taken);
      if (missing > 0) break;
      socket.write(answerTo(head));
      head = '';
    }
    rest = left;
  };
  socket
    .setNoDelay(true)
    .on('data', take)
    .on('error', () => socket.destroy());
}

createServer(serve).listen(Number(process.argv[2]), '127.0.0.1', 4096);

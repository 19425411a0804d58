import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { markOf } from './chaos-call.ts';
import type { Behaviour, Plan } from './chaos-plan.ts';
import type { Sighting } from './chaos-cloud.ts';
import type { Random } from './random.ts';
import type { ReadRequest } from './read-request.ts';

/** The number of bytes of a request after which the cloud acts; undefined for all. */
export function actsAt(
  { behaviour, number }: Plan,
  { headLength, method }: ReadRequest,
  length: number,
): number | undefined {
  if (method === 'GET') return undefined;
  if (/ at the head$|^answers early/.test(behaviour)) return headLength;
  return behaviour.endsWith(' in the body') ? headLength + Math.floor((length * (number % 7)) / 7) : undefined;
}

/** The parts of which the bytes of an answer are made. */
interface Answer {
  readonly status: number;
  readonly body: string;
}

const page = '<html><body><h1>500 Internal Server Error</h1></body></html>';

/** Answer, or break, as planned. `endAt` has the connection end when it is next used. */
export async function answerAs(
  socket: Socket,
  { behaviour, call, number }: Plan,
  sighting: Sighting,
  random: Random,
  endAt: (how: 'close' | 'reset') => void,
): Promise<void> {
  const shown = {
    status: 200,
    body: JSON.stringify({ server: { id: 'x', name: markOf(number), metadata: {}, links: [] } }),
  };
  // A rebuild with a file reads the server first.
  const answer = sighting.method === 'GET' && call.method !== 'GET' ? shown : call.answer;
  const say = async (bytes: string): Promise<void> => {
    sighting.isBegun = true;
    if (!socket.destroyed) await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  };
  const whole = async (bytes: string): Promise<void> => {
    await say(bytes);
    sighting.isAnswered = !socket.destroyed;
  };
  /** Everything is written by now; a reset may overtake it. */
  const resetIt = (): void => {
    sighting.isAnswered = false;
    reset(socket);
  };
  const part = (bytes: string, least: number, most: number): string =>
    bytes.slice(0, random.between(least, Math.max(least, most)));
  const full = withLength(answer);
  const headLength = full.indexOf('\r\n\r\n') + 4;
  const framings = [withLength(answer), inChunks(answer), untilClose(answer)] as const;
  const inBody = (): string => {
    const bytes = random.pick(framings);
    return part(bytes, bytes.indexOf('\r\n\r\n') + 4, bytes.length - 1);
  };

  const plays: Record<Behaviour, () => Promise<unknown> | void> = {
    ok: () => whole(full),
    'ok in chunks': () => whole(inChunks(answer)),
    'ok until close': () => whole(untilClose(answer)).then(() => socket.end()),
    'ok and closes': () => whole(withLength(answer, 'Connection: close\r\n')).then(() => socket.end()),
    'ok in a trickle': async () => {
      for (let at = 0; at < full.length; at += Math.ceil(full.length / 12)) {
        await say(full.slice(at, at + Math.ceil(full.length / 12)));
        await sleep(3);
      }
      sighting.isAnswered = !socket.destroyed;
    },
    'ok after interim answers': async () => {
      await say('HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n');
      await whole(full);
    },
    'refuses with 409': () =>
      whole(withLength({ status: 409, body: '{"conflictingRequest": {"code": 409, "message": "no"}}' })),
    'fails with a page': () => whole(withLength({ status: 500, body: page })),
    'ok, then closes soon': () =>
      whole(full)
        .then(() => sleep(random.between(0, 12)))
        .then(() => socket.end()),
    'ok, then resets soon': () =>
      whole(full)
        .then(() => sleep(random.between(3, 12)))
        .then(resetIt),
    'ok, then closes at its next use': () => whole(full).then(() => endAt('close')),
    'ok, then resets at its next use': () => whole(full).then(() => endAt('reset')),
    'closes at the head': () => void socket.destroy(),
    'resets at the head': resetIt,
    'closes in the body': () => void socket.destroy(),
    'resets in the body': resetIt,
    'closes unanswered': () => void socket.end(),
    'resets unanswered': resetIt,
    'is silent': () => undefined,
    'closes in the head of its answer': () => say(part(full, 1, headLength - 1)).then(() => socket.end()),
    'resets in the head of its answer': () =>
      say(part(full, 1, headLength - 1))
        .then(() => sleep(2))
        .then(resetIt),
    'is silent in the head of its answer': () => say(part(full, 1, headLength - 1)),
    'closes in the body of its answer': () => say(inBody()).then(() => socket.end()),
    'resets in the body of its answer': () =>
      say(inBody())
        .then(() => sleep(2))
        .then(resetIt),
    'is silent in the body of its answer': () => say(part(full, headLength, full.length - 1)),
    'closes in a chunk': () => say(`${headOf(answer, chunked)}ff\r\nx`).then(() => socket.end()),
    'closes before its end': () => say(inChunks(answer).slice(0, -5)).then(() => socket.end()),
    'answers rubbish': () => say('SSH-2.0-OpenSSH_9.2\r\n').then(() => socket.end()),
    'answers a rubbish chunk': () => say(`${headOf(answer, chunked)}zz\r\n`),
    'answers 100 first': () => whole(`HTTP/1.1 100 Continue\r\n\r\n${full}`),
    'answers 103 and closes': () => say('HTTP/1.1 103 Early Hints\r\n\r\n').then(() => socket.end()),
    'answers early': () => whole(full),
    'answers early and closes': () =>
      whole(full)
        .then(() => socket.destroy())
        .then(() => (sighting.isAnswered = false)),
    'answers twice': () => whole(full + full),
    'promises too much and closes': () => say(promising(answer, 7)).then(() => socket.end()),
    'promises too much and is silent': () => say(promising(answer, 7)),
    'promises too little': () => whole(promising(answer, -7)),
    'trickles its head for too long': async () => {
      await say('HTTP/1.1 200 OK\r\nX-Long: ');
      for (let n = 0; n < 28 && !socket.destroyed; n += 1) await sleep(170).then(() => say('x'));
      await whole(`\r\n${full.slice(full.indexOf('\r\n') + 2)}`);
    },
    'trickles its body for ever': async () => {
      await say(headOf(answer, chunked));
      while (!socket.destroyed) await sleep(170).then(() => say('1\r\n \r\n'));
    },
  };
  await plays[behaviour]();
}

/** Reset a connection. One that is being ended must not be reset: libuv would keep it, and the process would never end. */
export function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

const chunked = 'Transfer-Encoding: chunked\r\n';

function headOf({ status, body }: Answer, headers: string): string {
  const type = body === '' ? '' : 'Content-Type: application/json\r\n';
  return `HTTP/1.1 ${status} Status\r\n${type}${headers}\r\n`;
}

function withLength(answer: Answer, headers = ''): string {
  const length = answer.status === 204 ? '' : `Content-Length: ${answer.body.length}\r\n`;
  return headOf(answer, length + headers) + answer.body;
}

/** 204 has no body, and no framing. */
function inChunks(answer: Answer): string {
  if (answer.status === 204) return withLength(answer);
  const { body } = answer;
  const half = Math.ceil(body.length / 2);
  const pieces = [body.slice(0, half), body.slice(half)].filter((piece) => piece !== '');
  return `${headOf(answer, chunked)}${pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join('')}0\r\n\r\n`;
}

function untilClose(answer: Answer): string {
  return headOf(answer, 'Connection: close\r\n') + answer.body;
}

/** An answer whose length is wrong. */
function promising(answer: Answer, more: number): string {
  return `${headOf(answer, `Content-Length: ${Math.max(0, answer.body.length + more)}\r\n`)}${answer.body}`;
}

import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOf } from './chaos-call.ts';
import type { Plan } from './chaos-plan.ts';
import { readWhole, type Whole } from './read-whole.ts';

/** The outcome of an exchange for its caller. */
export interface Seen {
  readonly kind: 'answer' | 'broken' | 'hung up' | 'nothing in time';
  readonly answer: Whole | undefined;
  /** Received bytes that are no whole answer. */
  readonly bytes: string;
  readonly ms: number;
}

/** A caller's connection, which outlives exchanges. */
export interface Line {
  socket: Socket | undefined;
  received: Buffer;
}

/** The time after which an exchange counts as unanswered, in milliseconds: far above the gateway's limits, on a busy machine too. */
const patienceMs = 60_000;

/** Ask on the line, or on a fresh one where it is down, and read one answer. */
export async function ask(url: string, line: Line, plan: Plan): Promise<Seen> {
  const startedAt = performance.now();
  const socket = line.socket ?? open(url, line);
  const { hangUp, hangUpAt, hangsUpByReset, pieces, isLast, number, call } = plan;
  let [isHungUp, isAnswered] = [false, false];
  const leave = (): void => {
    // By now it may have its answer, and another exchange may use the connection.
    if (isAnswered) return;
    isHungUp = true;
    line.socket = undefined;
    if (hangsUpByReset) socket.resetAndDestroy();
    else socket.destroy();
  };
  const bytes = Buffer.from(bytesOf(call, number, isLast));
  const isWritten = write(
    socket,
    hangUp === 'in its request' ? bytes.subarray(0, bytes.length * hangUpAt) : bytes,
    pieces,
  );
  let isSent = false;
  void isWritten.then(() => (isSent = true));
  if (hangUp === 'in its request') void isWritten.then(leave);
  if (hangUp === 'after its request') void isWritten.then(() => sleep(hangUpAt * 20)).then(leave);
  const answer = await new Promise<Whole | 'broken' | 'late'>((resolve) => {
    const timer = setTimeout(() => settle('late'), patienceMs);
    const settle = (what: Whole | 'broken' | 'late'): void => {
      clearTimeout(timer);
      isAnswered = true;
      socket.off('data', look).off('close', end);
      resolve(what);
    };
    const look = (): void => {
      if (hangUp === 'in the answer' && line.received.length > hangUpAt * 300) leave();
      const whole = readWhole(line.received, false);
      if (whole !== undefined) settle(whole);
    };
    const end = (): void => settle(readWhole(line.received, true) ?? 'broken');
    socket.on('data', look).on('close', end);
    if (socket.destroyed) end();
  });
  const ms = performance.now() - startedAt;
  const rest = line.received.toString('latin1');
  const none = { answer: undefined, bytes: rest, ms };
  if (isHungUp) return { kind: 'hung up', ...none };
  if (answer === 'late' || answer === 'broken') {
    socket.destroy();
    line.socket = undefined;
    return { kind: answer === 'late' ? 'nothing in time' : 'broken', ...none };
  }
  line.received = line.received.subarray(answer.length);
  if (isLast || answer.isLast || !isSent || socket.destroyed || hangUp !== 'never') {
    // After the last answer the connection must end, with nothing before its end.
    await closed(socket);
    line.socket = undefined;
  }
  return { kind: 'answer', answer, bytes: line.received.toString('latin1'), ms };
}

function open(url: string, line: Line): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, noDelay: true }).on('error', () => undefined);
  line.socket = socket;
  line.received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    // Bytes that arrive after the end of an answer must be found too.
    if (line.socket === socket) line.received = Buffer.concat([line.received, chunk]);
  });
  return socket;
}

async function write(socket: Socket, bytes: Buffer, pieces: number): Promise<void> {
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let at = 0; at < bytes.length && !socket.destroyed; at += size) {
    if (at > 0) await sleep(2);
    await new Promise<void>((resolve) => socket.write(bytes.subarray(at, at + size), () => resolve()));
  }
}

async function closed(socket: Socket): Promise<void> {
  if (!socket.destroyed) {
    await Promise.race([new Promise((resolve) => socket.once('close', resolve)), sleep(5)]);
  }
  socket.destroy();
}

import { Agent, request as httpRequest } from 'node:http';
import { nextCall, type SoakCall } from './soak-calls.ts';
import { troubleHeader } from './soak-cloud.ts';

/** The outcomes of the exchanges. */
export interface Tally {
  sent: number;
  /** Answers with a status that the exchange may have. */
  answered: number;
  /** Forwarded answers that the cloud broke off, and the gateway with it. */
  brokenOff: number;
  hungUp: number;
  /** Requests that were not sent because too many were in progress: the machine has slowed down since its maximum was measured. */
  heldBack: number;
  /** Requests without an answer in time, which break a promise. */
  readonly unanswered: string[];
  /** Answers with a status that the exchange cannot have. */
  readonly wrong: string[];
}

/** Callers with connections that are used again. */
export interface Load {
  readonly tally: Tally;
  /** Run callers that send each request as soon as the previous one is answered. @returns the exchanges a second */
  fastest(callers: number, ms: number): Promise<number>;
  /** Start exchanges at a constant rate, whether earlier ones have been answered or not. */
  steady(rate: number, ms: number): Promise<void>;
  /** Resolves when nothing is under way; closes the connections. */
  end(): Promise<void>;
}

const patienceMs = 15_000;
const tickMs = 10;
const mostUnderWay = 256;
const hangUpMs = 3;
/** The length to which a wrong answer is quoted in a message. */
const tellingCharacters = 300;

/** Open a load on a gateway. */
export function createLoad(url: string, random: () => number): Load {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  const tally: Tally = { sent: 0, answered: 0, brokenOff: 0, hungUp: 0, heldBack: 0, unanswered: [], wrong: [] };
  const running = new Set<Promise<void>>();
  const send = (call: SoakCall): Promise<void> => {
    tally.sent += 1;
    const done = carryOut({ agent, hostname, port, call }, tally);
    running.add(done);
    return done.finally(() => running.delete(done));
  };
  return {
    tally,
    fastest: async (callers, ms) => {
      const startedAt = performance.now();
      const before = tally.sent;
      const one = async (): Promise<void> => {
        while (performance.now() - startedAt < ms) await send(nextCall(random, false));
      };
      await Promise.all(Array.from({ length: callers }, one));
      return ((tally.sent - before) * 1000) / (performance.now() - startedAt);
    },
    steady: async (rate, ms) => {
      const startedAt = performance.now();
      let due = 0;
      for (let now = 0; now < ms; now = performance.now() - startedAt) {
        for (const wanted = (now / 1000) * rate; due < wanted; due += 1) {
          if (running.size >= mostUnderWay) tally.heldBack += 1;
          else void send(nextCall(random, true));
        }
        await new Promise((resolve) => setTimeout(resolve, tickMs));
      }
    },
    end: async () => {
      while (running.size > 0) await Promise.all(running);
      agent.destroy();
    },
  };
}

interface Sending {
  readonly agent: Agent;
  readonly hostname: string;
  readonly port: string;
  readonly call: SoakCall;
}

function carryOut({ agent, hostname, port, call }: Sending, tally: Tally): Promise<void> {
  const { request, trouble, isForwarded, hangsUp, allowed } = call;
  const { method = 'POST', path, headers, body } = request;
  const what = `${method} ${path} with ${trouble}`;
  return new Promise((resolve) => {
    let hasHungUp = false;
    let hasHead = false;
    const outgoing = httpRequest({
      agent,
      hostname,
      port,
      method,
      path,
      headers: {
        ...headers,
        [troubleHeader]: trouble,
        ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
      },
    });
    const timer = setTimeout(() => outgoing.destroy(new Error('late')), patienceMs);
    const hangUp = hangsUp
      ? setTimeout(() => {
          hasHungUp = true;
          outgoing.destroy();
        }, hangUpMs)
      : undefined;
    const settle = (note: () => void): void => {
      clearTimeout(timer);
      clearTimeout(hangUp);
      note();
      resolve();
    };
    const fail = (error: Error): void =>
      settle(() => {
        if (hasHungUp) tally.hungUp += 1;
        else if (hasHead && isForwarded && trouble === 'cut-off') tally.brokenOff += 1;
        else tally.unanswered.push(`${what}: ${error.message}`);
      });
    outgoing.once('error', fail);
    outgoing.once('response', (answer) => {
      hasHead = true;
      const { statusCode: status = 0 } = answer;
      let text = '';
      answer.setEncoding('utf8').once('error', fail);
      answer.on('data', (piece: string) => {
        if (text.length < tellingCharacters) text += piece;
      });
      answer.once('end', () =>
        settle(() => {
          if (allowed.includes(status)) tally.answered += 1;
          else tally.wrong.push(`${what}: ${status} ${text.slice(0, tellingCharacters)}`);
        }),
      );
    });
    outgoing.end(body);
  });
}

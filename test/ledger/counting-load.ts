import { Agent, request } from 'node:http';
import { actionPath, plainRebuild } from '../support/rebuild-call.ts';

/** Callers that send XML rebuilds, one after the other each, and count them. */
export interface CountingLoad {
  /** Requests that were sent, and those that were answered with success. */
  readonly sent: number;
  readonly answered: number;
  /** The errors and statuses of all others. */
  readonly failures: readonly string[];
  /** Return the longest time of an exchange since the last call, in milliseconds. */
  slowest(): number;
  /** Stop after the running requests have ended. */
  stop(): Promise<void>;
}

const limitMs = 30_000;

/** Start callers of a gateway, all with one User-Agent. */
export function startCountingLoad(url: string, userAgent: string, callers: number): CountingLoad {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const failures: string[] = [];
  let [sent, answered, slowest] = [0, 0, 0];
  const stopping = new AbortController();
  const ask = async (): Promise<void> => {
    const from = performance.now();
    sent += 1;
    const status = await statusOf(url, userAgent, agent).catch(String);
    if (status === 202) answered += 1;
    else failures.push(String(status));
    slowest = Math.max(slowest, performance.now() - from);
  };
  const done = Promise.all(
    Array.from({ length: callers }, async () => {
      while (!stopping.signal.aborted && failures.length === 0) await ask();
    }),
  );
  return {
    get sent() {
      return sent;
    },
    get answered() {
      return answered;
    },
    failures,
    slowest: () => {
      const longest = slowest;
      slowest = 0;
      return longest;
    },
    stop: async () => {
      stopping.abort();
      await done;
      agent.destroy();
    },
  };
}

function statusOf(url: string, userAgent: string, agent: Agent): Promise<number> {
  const headers = { 'Content-Type': 'application/xml', 'X-Auth-Token': 'token', 'User-Agent': userAgent };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(actionPath, url),
      { method: 'POST', headers, agent, timeout: limitMs },
      (answer) => {
        answer.on('error', reject);
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${limitMs} ms`)));
    outgoing.on('error', reject);
    outgoing.end(plainRebuild.xml);
  });
}

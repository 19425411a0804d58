import { fixedLimits } from '../../config/fixed-limits.ts';
import { Fault } from '../../fault.ts';
import type { SpanSource } from '../../observe/tracing/tracing.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { EndSignal } from '../exchange/end.ts';
import { sendTraced } from './cloud-span.ts';
import type { CloudPool } from './connect/cloud-pool.ts';
import { via } from './via.ts';

/**
 * The function that reads a path of the cloud below its prefix without a token, in bounded time. An answer that is longer than
 * any versions document has an empty body.
 * @throws {Fault} 502 to 504 without a whole answer
 */
export type VersionsReader = (path: string) => Promise<CloudAnswer>;

const { versionsWaitMs, versionsKeptMs, faultBytes } = fixedLimits;

/**
 * Create the reader that all questions for versions share: of the same path one request is in progress at most, and its
 * answer serves the questions that follow shortly. A failure serves only those that waited for it.
 * @param prefix the path before the version at the cloud
 * @param spans the source of spans; undefined without tracing
 */
export function createVersionsReader(pool: CloudPool, prefix: string, spans?: SpanSource): VersionsReader {
  const recent = new Map<string, { readonly answer: Promise<CloudAnswer>; readonly until: number }>();
  return (path) => {
    const known = recent.get(path);
    if (known !== undefined && performance.now() < known.until) return known.answer;
    const answer = read(pool, prefix + path, spans);
    recent.set(path, { answer, until: performance.now() + versionsKeptMs });
    answer.catch(() => recent.delete(path));
    return answer;
  };
}

async function read(pool: CloudPool, path: string, spans: SpanSource | undefined): Promise<CloudAnswer> {
  const headers = { accept: 'application/json', 'accept-encoding': 'identity', via: via({}) };
  let answered: number | undefined;
  const bounds = {
    end: new EndSignal(),
    timeoutMs: versionsWaitMs,
    maxBytes: faultBytes,
    reserve: () => undefined,
    onStatus: (status: number) => void (answered = status),
  };
  try {
    return await sendTraced(spans, pool, { method: 'GET', path, headers, body: null }, bounds);
  } catch (error) {
    const isTooLarge = error instanceof Fault && error.reason === 'cloud-too-large';
    if (!isTooLarge || answered === undefined) throw error;
    return { status: answered, headers: {}, body: Buffer.alloc(0) };
  }
}

import type { IncomingMessage } from 'node:http';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import { hardening, noSources } from '../headers/hardening.ts';
import { TooMuchError, TryDefectError, TryThread } from './try-thread.ts';

/** An answer to a text that somebody tries. */
export interface TryAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const headers = { ...hardening, 'Content-Security-Policy': noSources } as const;

/** Create the thread of the translations. It starts with its first text. @param config returns the configuration in use */
export function openTryThread(config: () => Config): TryThread {
  return new TryThread(config);
}

/**
 * Answer what would become of a request. It changes nothing, as a GET; it is a POST because what is pasted is longer than a URL may be, and
 * would stand in logs of proxies. A page of another site cannot send it: it has neither the token nor this Origin.
 */
export async function answerTry(request: IncomingMessage, thread: TryThread): Promise<TryAnswer> {
  const refused = refusalOf(request);
  if (refused !== undefined) return refused;
  const giveBack = thread.takePlace();
  if (giveBack === undefined) return refusal(503, 'Others try something at the moment. Try again in some seconds.');
  try {
    const wish = await readWhole(request);
    if (wish === undefined) return tooLong;
    const body = await thread.translate(wish);
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body };
  } catch (error) {
    if (error instanceof TooMuchError)
      return refusal(422, 'The text takes too much time or memory to translate. Paste fewer requests.');
    if (error instanceof TryDefectError) return defect(error);
    throw error;
  } finally {
    giveBack();
  }
}

/** Check a request without its body. */
function refusalOf({ method, headers: fields }: IncomingMessage): TryAnswer | undefined {
  if (method !== 'POST') return refusal(405, 'This route wants a POST.', { Allow: 'POST' });
  const { origin, host, 'sec-fetch-site': site = 'same-origin' } = fields;
  const isOwn = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  if (!isOwn || site !== 'same-origin') return refusal(403, 'Another site may not send this.');
  const type = fields['content-type'] ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type) || fields['content-encoding'] !== undefined)
    return refusal(415, 'Send application/json, without a content coding.');
  return Number(fields['content-length'] ?? 0) > fixedLimits.tryBodyBytes ? tooLong : undefined;
}

/** Read the body; undefined for one that is too long. @throws the error of a connection that ends before */
async function readWhole(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  // The type of a stream's pieces; no encoding has been set.
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > fixedLimits.tryBodyBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Refuse in words, and close the connection, because the body may not have been read. */
function refusal(status: number, message: string, more: Readonly<Record<string, string>> = {}): TryAnswer {
  const body = `${JSON.stringify({ error: { code: `E${status}`, message } })}\n`;
  const retry = status === 503 ? { 'Retry-After': '5' } : {};
  return {
    status,
    headers: { ...headers, 'Content-Type': 'application/json', Connection: 'close', ...retry, ...more },
    body,
  };
}

/** Tell a defect of the gateway, with the place in its code. Nothing of the text is in it, because nothing of a text is logged. */
function defect({ message }: TryDefectError): TryAnswer {
  return refusal(
    500,
    `The gateway has a defect: it cannot translate this text. Report it with these words: ${message}`,
  );
}

const tooLong = refusal(413, `The text is longer than ${fixedLimits.tryBodyBytes / 1024} KiB.`);

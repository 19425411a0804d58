import type { Request, Response } from 'express';
import { codecOf } from '../../media/media-type.ts';
import type { Config } from '../../config/settings.ts';
import { cloudFault, isLegacyFault, statusFor } from '../../upstream/faults/cloud-fault.ts';
import { gatewayLink } from '../../upstream/links.ts';
import { begin } from './answer-head.ts';
import { atTurnsEnd } from '../answer/end-of-turn.ts';
import { credentialsOf, pathOf } from '../cloud/cloud.ts';
import type { ComingAnswer } from './streamed-answer.ts';
import { readWhole } from './short-answer.ts';
import { endOf } from '../exchange/deadline.ts';
import { dropHopByHop } from '../cloud/end-to-end-headers.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import { passChoices } from './choices.ts';
import { publicUrl } from '../answer/public-url.ts';
import { relayHeaders } from '../answer/relay.ts';
import { replyTypeOf } from '../answer/send.ts';
import { pathFactsOf } from '../exchange/path-facts.ts';
import { traceOf } from '../exchange/trace.ts';

/**
 * Gives an answer of the cloud's to the caller as it comes, but a fault as a legacy fault in the type of the reply, unless
 * it is one already.
 * @throws {Fault} for the cloud's faults
 */
export async function passBack(answer: ComingAnswer, response: Response, config: Config): Promise<void> {
  const { status, headers } = answer;
  // Node writes no such status, and throws for it where nobody can catch it.
  if (status < 200 || !inChunks.test(headers['transfer-encoding'] ?? 'chunked')) throw noAnswer.broken();
  dropHopByHop(headers);
  if (typeof headers.location === 'string')
    headers.location = locationFor(headers.location, status, response.req, config);
  if (status >= 400 && response.req.method !== 'HEAD') return passFault(answer, status, response, config);
  if (status === 300 && response.req.method === 'GET') return passChoices(answer, response, config);
  begin(answer, statusFor(status), response);
  await stream(answer, response);
}

/** Chunks are taken apart and made anew; what is in another coding last has no end that the caller could be told. */
const inChunks = /^(?:(?!\s*chunked\b)[^,]*,)*\s*chunked$/i;

/** Up to which length an answer that comes in one piece goes on with its head in one, in bytes. */
const together = 16_384;

/**
 * What node's pipeline does, without its signal, event and exception for each answer.
 * @throws {Fault} 502 where the answer breaks off before any of it has been sent; later the caller's breaks off, too
 */
function stream(answer: ComingAnswer, response: Response): Promise<void> {
  const length = Number(answer.headers['content-length']);
  return new Promise((resolve, reject) => {
    /** The whole body: its end is about to be told. */
    let held: Buffer | undefined;
    let isPaused = false;
    const resume = (): void => {
      isPaused = false;
      answer.resume();
    };
    endOf(response).addEventListener('abort', () => {
      answer.destroy();
      if (!response.headersSent) withdraw(answer, response);
      resolve();
    });
    answer.to({
      take: (piece) => {
        if (response.destroyed) return;
        if (piece.length === length && length <= together && !response.headersSent) held = piece;
        else if (!response.write(piece) && !isPaused) {
          isPaused = true;
          answer.pause();
          response.once('drain', resume);
        }
      },
      end: () => {
        if (response.destroyed) return;
        if (held === undefined) {
          response.end();
          return;
        }
        // Of a text node makes one piece with the head; latin1 has a character for each byte.
        const text = held.toString('latin1');
        atTurnsEnd(() => {
          if (!response.destroyed && !endOf(response).aborted) response.end(text, 'latin1');
        });
      },
      fail: (error) => {
        // Where the answer itself fails, it is the cloud that broke off, and not a caller that has gone.
        if (!response.destroyed) traceOf(response).fault ??= 'cloud-broke-off';
        // Node sends a head with the first of its body.
        if (response.headersSent || response.destroyed) response.destroy();
        else {
          withdraw(answer, response);
          reject(noAnswer.broken(error));
        }
      },
    });
  });
}

/** Takes the head of the answer back: it will be another. */
function withdraw({ headers }: ComingAnswer, response: Response): void {
  for (const name of Object.keys(headers)) response.removeHeader(name);
  response.statusMessage = '';
}

async function passFault(answer: ComingAnswer, status: number, response: Response, config: Config): Promise<void> {
  const { req: request } = response;
  const { body, read } = await readWhole(answer, status, config.upstream.answerTimeoutMs);
  if (codecOf[replyTypeOf(request, config.reply.default)] === 'json' && isLegacyFault(read)) {
    traceOf(response).fault = 'cloud-fault';
    begin(answer, status, response);
    response.end(body);
    return;
  }
  relayHeaders(response, read, true);
  throw cloudFault(read, credentialsOf(request.headers));
}

/** Where the caller is sent: to the gateway, unless the cloud sends it away from itself. */
function locationFor(
  location: string,
  status: number,
  request: Request,
  { upstream, public: { url } }: Config,
): string {
  const isRedirect = status >= 300 && status < 400;
  const isElsewhere = URL.canParse(location) && new URL(location).host !== new URL(upstream.url).host;
  if (isRedirect && isElsewhere) return location;
  const { version = '' } = pathFactsOf(request.originalUrl);
  return gatewayLink(location, { publicUrl: publicUrl(request, url), version, cloudPath: pathOf(upstream.url) });
}

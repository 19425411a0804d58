import type { Response } from 'express';
import { causeCodeOf, type Fault } from '../../fault.ts';
import { atEndOfTurn } from '../answer/end-of-turn.ts';
import type { LinkRewriter } from '../../upstream/link-rewriter.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { removeHead } from './answer-head.ts';
import { rewrittenParts, rewrittenWhole } from './rewritten-links.ts';
import type { Sink, StreamedAnswer } from './read/streamed-answer.ts';

/** The longest body in one chunk that is sent together with the header section, in bytes. */
const longestTogether = 16_384;

/**
 * Stream the body of an answer to the caller with backpressure. Node's pipeline() does the same, but creates a signal, an
 * event and an exception for each answer.
 * @throws {Fault} 502 if the answer breaks off before anything was sent; later, the caller's response is destroyed
 */
export function streamBody(answer: StreamedAnswer, exchange: Exchange, links?: LinkRewriter): Promise<void> {
  const { response, end } = exchange;
  return new Promise((resolve, reject) => {
    end.addEventListener('abort', () => {
      answer.destroy();
      if (!response.headersSent) removeHead(answer, response);
      resolve();
    });
    answer.pipe(callersSink(answer, exchange, reject, links));
  });
}

/** Create the sink that writes into the caller's response. @param refuse called with the fault if nothing was sent yet */
function callersSink(
  answer: StreamedAnswer,
  exchange: Exchange,
  refuse: (fault: Fault) => void,
  links: LinkRewriter | undefined,
): Sink {
  const { response, trace, end } = exchange;
  const length = Number(answer.headers['content-length']);
  const write = backpressured(answer, response);
  const parts = links === undefined ? { write, end: () => undefined } : rewrittenParts(links, response, write);
  /** The whole body, if it arrived in one chunk; it is sent at its end. */
  let whole: Buffer | undefined;
  return {
    chunk: (chunk) => {
      if (response.destroyed) return;
      if (chunk.length === length && length <= longestTogether && !response.headersSent) whole = chunk;
      else parts.write(chunk);
    },
    end: () => {
      if (response.destroyed) return;
      if (whole === undefined) {
        parts.end();
        response.end();
        return;
      }
      // Node writes a string and the header section in one write; latin1 has one character for each byte.
      const text = rewrittenWhole(whole.toString('latin1'), links, response);
      atEndOfTurn(() => {
        if (!response.destroyed && !end.aborted) response.end(text, 'latin1');
      });
    },
    fail: (error) => {
      // An error of the answer itself means that the cloud broke off, not that the caller disconnected.
      if (!response.destroyed) traceBreak(trace, error);
      if (response.headersSent || response.destroyed) response.destroy();
      else {
        removeHead(answer, response);
        refuse(noAnswer.broken(error));
      }
    },
  };
}

function traceBreak(trace: Exchange['trace'], error: Error): void {
  trace.fault ??= 'cloud-broke-off';
  trace.cause ??= causeCodeOf(error);
}

/** Create the function that writes chunks, and pauses the answer until the caller has read them. */
function backpressured(answer: StreamedAnswer, response: Response): (chunk: Buffer) => void {
  let isPaused = false;
  const resume = (): void => {
    isPaused = false;
    answer.resume();
  };
  return (chunk) => {
    if (response.write(chunk) || isPaused) return;
    isPaused = true;
    answer.pause();
    response.once('drain', resume);
  };
}

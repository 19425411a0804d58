import type { Response } from 'express';
import type { Fault } from '../../fault.ts';
import { atEndOfTurn } from '../answer/end-of-turn.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { withdrawHead } from './answer-head.ts';
import type { Sink, StreamedAnswer } from './streamed-answer.ts';

/** Bodies up to this size that come in one chunk are sent together with the header section, in bytes. */
const longestTogether = 16_384;

/**
 * Stream the body of an answer to the caller with backpressure. Node's pipeline does the same, but makes a signal, an event
 * and an exception for each answer.
 * @throws {Fault} 502 where the answer breaks off before any of it was sent; later, the caller's breaks off too
 */
export function streamBody(answer: StreamedAnswer, exchange: Exchange): Promise<void> {
  const { response, end } = exchange;
  return new Promise((resolve, reject) => {
    end.addEventListener('abort', () => {
      answer.destroy();
      if (!response.headersSent) withdrawHead(answer, response);
      resolve();
    });
    answer.pipe(callersSink(answer, exchange, reject));
  });
}

/** Write a body into the caller's response. @param refuse receives the fault where nothing was sent yet */
function callersSink(answer: StreamedAnswer, { response, trace, end }: Exchange, refuse: (fault: Fault) => void): Sink {
  const length = Number(answer.headers['content-length']);
  const write = backpressured(answer, response);
  /** The whole body, whose end is about to be delivered. */
  let whole: Buffer | undefined;
  return {
    chunk: (chunk) => {
      if (response.destroyed) return;
      if (chunk.length === length && length <= longestTogether && !response.headersSent) whole = chunk;
      else write(chunk);
    },
    end: () => {
      if (response.destroyed) return;
      if (whole === undefined) {
        response.end();
        return;
      }
      // Node writes a string together with the header section; latin1 has a character for each byte.
      const text = whole.toString('latin1');
      atEndOfTurn(() => {
        if (!response.destroyed && !end.aborted) response.end(text, 'latin1');
      });
    },
    fail: (error) => {
      // An error of the answer itself means that the cloud broke off, not that the caller disconnected.
      if (!response.destroyed) trace.fault ??= 'cloud-broke-off';
      if (response.headersSent || response.destroyed) response.destroy();
      else {
        withdrawHead(answer, response);
        refuse(noAnswer.broken(error));
      }
    },
  };
}

/** Write chunks, and pauses the answer until the caller has read what it was sent. */
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

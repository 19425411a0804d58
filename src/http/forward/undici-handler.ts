import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { Fault } from '../../fault.ts';
import type { Config } from '../../config/settings.ts';
import type { ComingAnswer, Taker } from './streamed-answer.ts';
import { endOf } from '../exchange/deadline.ts';
import { isMiscounted, wasRefused, whyOf } from '../cloud/pool.ts';
import { arrived, failed, type Journey } from './journey.ts';
import { asNodeGives } from './node-headers.ts';

/** A request that undici carries whole, and its answer: one object for an exchange. */
export class WholePassing implements Dispatcher.DispatchHandler, ComingAnswer {
  status = 0;
  reason = '';
  headers: IncomingHttpHeaders = {};
  readonly #journey: Journey;
  readonly #config: Config;
  readonly #leave: () => void;
  readonly #otherwise: () => Promise<void>;
  #controller: Dispatcher.DispatchController | undefined;
  #taker: Taker | undefined;
  /** How much of the body has come, in bytes. */
  #come = 0;
  /** Whether undici is done with it. */
  #hasLeft = false;
  /** Whether nothing more is told of it. */
  #isOver = false;

  constructor(journey: Journey, config: Config, leave: () => void, otherwise: () => Promise<void>) {
    this.#journey = journey;
    this.#config = config;
    this.#leave = leave;
    this.#otherwise = otherwise;
    endOf(journey.response).addEventListener('abort', () => this.#abandon());
  }

  /** Called when a connection is there and the first byte is about to be written: from here on the cloud may act. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isOver) return controller.abort(Fault.callerGone());
    this.#controller = controller;
    this.#journey.isSent = true;
    return undefined;
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders, reason = ''): void {
    // What is below 100 no answer is, and undici would look for the next.
    if (this.#isOver || (status >= 100 && status < 200)) return;
    this.status = status;
    this.reason = inLatin1(reason);
    this.headers = asNodeGives(headers);
    arrived(this, this.#journey, this.#config);
  }

  onResponseData(_: unknown, piece: Buffer): void {
    this.#come += piece.length;
    if (!this.#isOver) this.#taker?.take(piece);
  }

  onResponseEnd(): void {
    this.#leaveOnce();
    if (this.#isOver) return;
    this.#isOver = true;
    this.#taker?.end();
  }

  onResponseError(_: unknown, error: Error): void {
    this.#leaveOnce();
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#journey.isAnswered && isMiscounted(error, this.headers, this.#come)) this.#taker?.end();
    else if (this.#journey.isAnswered) this.#taker?.fail(error);
    else if (!this.#journey.isSent && wasRefused(error))
      this.#otherwise().catch((defect: unknown) => this.#journey.next(defect));
    else failed(this.#journey, whyOf(error), error);
  }

  to(taker: Taker): void {
    this.#taker = taker;
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    if (!this.#isOver) this.#controller?.resume();
  }

  destroy(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#controller?.abort(Fault.callerGone());
  }

  /** The exchange has ended: what is not sent yet is not sent. */
  #abandon(): void {
    if (this.#isOver) return;
    const gone = Fault.callerGone();
    this.destroy();
    this.#taker?.fail(gone);
  }

  #leaveOnce(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#leave();
  }
}

/** A reason phrase as node reads it; undici takes it for UTF-8, and what is none has no meaning. */
function inLatin1(reason: string): string {
  if (/^[\t\x20-\x7e]*$/.test(reason)) return reason;
  return reason.includes('\ufffd') ? '' : Buffer.from(reason).toString('latin1');
}

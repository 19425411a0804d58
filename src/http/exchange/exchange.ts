import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import { EndSignal } from './end.ts';
import { createTrace, type Trace } from './trace.ts';

/** A request body, or the beginning of one; `isWhole` says which. The rest of a body that is not whole is unread. */
export interface ReceivedBody {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/** Times that bound how an answer is sent, in milliseconds. */
export interface AnswerTimes {
  /** How long a long answer may occupy the event loop without a pause. */
  readonly timeSliceMs: number;
  /** How long the rest of a request is read after an early answer. */
  readonly unreadBodyMs: number;
}

/**
 * One request of a caller with everything that belongs to it until its answer has been sent. The response holds it as a
 * field: looking it up in a map for every request costs more than all else that a trace does.
 */
export class Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly times: AnswerTimes;
  readonly trace: Trace = createTrace();
  /** Aborted when the response closes or the deadline passes: every worker stops then. */
  readonly end = new EndSignal();
  /** The part of the request body that was read before the request turned out to be forwarded: it is sent first. */
  received: ReceivedBody | undefined;
  /** True where the request target names no path of this server: the request is refused with 400. */
  isTargetRefused = false;

  constructor(request: IncomingMessage, response: ServerResponse, times: AnswerTimes) {
    // The server's classes inherit from Express's prototypes (express-classes.ts).
    this.request = request as Request;
    this.response = response as Response;
    this.times = times;
    response.once('close', () => this.end.abort());
  }
}

import type { NextFunction, Response } from 'express';
import type { Config } from '../../config/settings.ts';
import type { ComingAnswer } from './streamed-answer.ts';
import { endOf } from '../exchange/deadline.ts';
import { cloudIdOf } from '../cloud/end-to-end-headers.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import { passBack } from './answer.ts';
import { traceOf } from '../exchange/trace.ts';

/** A forwarded request that is under way, whichever library carries it. */
export interface Journey {
  readonly response: Response;
  readonly next: NextFunction;
  /** Whether the cloud may have received something. */
  isSent: boolean;
  /** Whether the head of an answer has come: from there on, what goes wrong with it is told where it is passed back. */
  isAnswered: boolean;
}

/** Whether nobody waits for an answer any more. */
function isOver({ response, isAnswered }: Journey): boolean {
  return isAnswered || endOf(response).aborted;
}

/** Called with the first answer whose head has come; gives it to the caller. */
export function arrived(answer: ComingAnswer, journey: Journey, config: Config): void {
  if (isOver(journey)) return answer.destroy();
  journey.isAnswered = true;
  const { response } = journey;
  trace(response, answer);
  passBack(answer, response, config).catch((error: unknown) => {
    answer.destroy();
    // Whatever ended it has answered.
    if (!endOf(response).aborted) journey.next(error);
  });
  return undefined;
}

/** Called where no answer came; says why, unless nothing was sent. */
export function failed(journey: Journey, why: 'silent' | 'gone' | 'broken', cause: unknown): void {
  if (isOver(journey)) return;
  journey.next(journey.isSent ? noAnswer[why](cause) : noAnswer.unreachable(cause));
}

/** What the log tells of the cloud's answer; the time is until its head came. */
function trace(response: Response, { status, headers }: ComingAnswer): void {
  const known = traceOf(response);
  const id = cloudIdOf(headers);
  known.cloudStatus = status;
  if (id !== undefined) known.cloudId = id;
  known.cloudMs = performance.now() - known.startedAt;
}

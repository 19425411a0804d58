import type { Operation } from '../../compute/operation.ts';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { listKeyOf } from '../../schema/slices.ts';
import type { Message } from '../../schema/shapes.ts';
import { isUnencoded, type CloudAnswer } from '../../upstream/cloud-answer.ts';
import { errorInSuccess } from '../../upstream/faults/error-in-success.ts';
import { isAnswerOf } from '../answer/document/resource.ts';
import type { CallersDocument } from '../answer/document/document.ts';
import type { FormChoice } from '../answer/document/form.ts';
import { writeTaped } from '../answer/document/taped-document.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { cloudPath } from './cloud-path.ts';
import { locationOf } from './location.ts';
import type { Call } from './router.ts';

/** The parts of a translated request on which the answer depends. */
export interface Answered {
  readonly call: Call;
  readonly operation: Operation;
  /** The members that the answer lacks and the caller needs; undefined for none. */
  readonly restored: unknown;
}

/**
 * Write the answer from the bytes of the cloud's JSON, and set Location. Undefined for an answer that must be parsed: one that is
 * unusual or wrong, or whose document is not the cloud's alone.
 */
export async function writeTapedAnswer(
  { response, times }: Exchange,
  answer: CloudAnswer,
  answered: Answered,
  form: FormChoice,
): Promise<CallersDocument | undefined> {
  const message = tapedMessage(answer, answered);
  if (message === undefined) return undefined;
  const { call, operation } = answered;
  const taped = await writeTaped(message, answer.body, form, operation.location === 'self', times);
  if (taped === undefined) return undefined;
  const location = locationOf(answer, operation, taped.self, (route) => cloudPath(route, call), form.links);
  if (location !== undefined) response.setHeader('Location', location);
  return taped;
}

/** Find the message of an answer that may be written from its bytes; undefined for any other answer. */
function tapedMessage(answer: CloudAnswer, { operation, restored }: Answered): Message | undefined {
  const { answer: message, otherAnswer, location } = operation;
  if (message === undefined || restored !== undefined) return undefined;
  if (!isUnencoded(answer) || !isAnswerOf(operation, answer)) return undefined;
  const isList = listKeyOf(message) !== undefined;
  if (isList ? otherAnswer !== undefined || location !== undefined : isLarge(answer)) return undefined;
  // The parser's road makes the fault of it.
  return errorInSuccess(answer, 'certain', () => []) === undefined ? message : undefined;
}

/** Check for a document that is too large to be translated on the event loop in one piece. */
function isLarge({ body }: CloudAnswer): boolean {
  return body.length > fixedLimits.wholeDocumentBytes;
}

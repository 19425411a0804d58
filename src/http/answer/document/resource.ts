import type { Operation } from '../../../compute/operation.ts';
import { fixedLimits } from '../../../config/fixed-limits.ts';
import { Fault } from '../../../fault.ts';
import { isFields, type Fields } from '../../../schema/fields.ts';
import { fromDocument } from '../../../schema/json-document.ts';
import { hasOutline } from '../../../schema/outline.ts';
import type { Message } from '../../../schema/shapes.ts';
import { documentOf, isUnencoded, isSuccess, type CloudAnswer } from '../../../upstream/cloud-answer.ts';
import { isAcknowledgement } from '../../../upstream/faults/acknowledgement.ts';
import { cloudFault } from '../../../upstream/faults/cloud-fault.ts';
import { errorInSuccess } from '../../../upstream/faults/error-in-success.ts';
import { noAnswer } from '../../cloud/no-answer.ts';

/** The content of an answer and its description. */
export interface Resource {
  readonly message: Message;
  readonly content: unknown;
}

/** The statuses of a cloud that does not have a version of the API. */
const missing: ReadonlySet<number> = new Set([300, 404]);

/** Check that the status of an answer is a success of an operation. */
export function isAnswerOf({ status }: Operation, answer: CloudAnswer): boolean {
  return answer.status < 400 && (isSuccess(answer) || answer.status === status);
}

/**
 * Read the resource in an answer; undefined if the operation has none.
 * @param secrets returns the texts that a fault must not quote; called for a fault only
 * @param fallback the content to use if the cloud has no such resource
 * @param isModern true for a caller who asked for a microversion, and gets the cloud's own status of a fault
 * @throws {Fault} the cloud's own fault, even if it has the status of a success; 502 for an answer that is neither a fault nor
 *   the expected document, or that is too large to be parsed on the event loop
 */
export function resourceOf(
  answer: CloudAnswer,
  operation: Operation,
  secrets: () => readonly string[],
  fallback?: unknown,
  isModern = false,
): Resource | undefined {
  const { answer: message } = operation;
  if (message !== undefined && fallback !== undefined && missing.has(answer.status))
    return { message, content: structuredClone(fallback) };
  if (answer.status >= 400) throw cloudFault(answer, secrets(), isModern);
  const error = errorInSuccess(answer, 'certain', secrets);
  if (error !== undefined) throw error;
  if (isAnswerOf(operation, answer)) {
    if (answer.body.length > fixedLimits.wholeDocumentBytes) throw noAnswer.tooLarge();
    const found = isUnencoded(answer) ? documentIn(answer.body, operation) : undefined;
    if (found !== undefined) return found;
    const mayBeEmpty = message === undefined || message.isOptional === true;
    if (mayBeEmpty && isAcknowledgement(answer, operation.ignoredAnswer)) return undefined;
  }
  throw errorInSuccess(answer, 'likely', secrets) ?? unexpectedAnswer(answer, operation);
}

/** Make the fault for an answer that is not the expected document. */
export function unexpectedAnswer({ status, body }: CloudAnswer, { answer: message }: Operation): Fault {
  const other = body.length === 0 ? '' : ' with an unexpected document';
  const wrong = message === undefined ? other : ` without a ${message.root} document`;
  return new Fault(502, `The cloud answered ${status}${wrong}.`, {
    reason: 'cloud-nonsense',
    consequence: 'It may have acted on the request.',
  });
}

/** Read the resource in a body; undefined for another document. */
export function documentIn(body: Buffer, { answer: first, otherAnswer }: Operation): Resource | undefined {
  const document = documentOf({ body });
  for (const message of [first, otherAnswer]) {
    if (message === undefined) continue;
    const content = document && fromDocument(message, document);
    if (hasOutline(message)(content)) return { message, content };
  }
  return undefined;
}

/** Add the members that the answer lacks and the caller needs. */
export function withRestored({ message, content }: Resource, restored: Fields | undefined): Resource {
  return { message, content: restored !== undefined && isFields(content) ? { ...content, ...restored } : content };
}

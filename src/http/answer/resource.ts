import type { Operation } from '../../compute/operation.ts';
import { Fault } from '../../fault.ts';
import { fromDocument } from '../../schema/json-document.ts';
import { hasOutline } from '../../schema/outline.ts';
import type { Message } from '../../schema/shapes.ts';
import { documentOf, isUnencoded, isSuccess, type CloudAnswer } from '../../upstream/cloud-answer.ts';
import { isAcknowledgement } from '../../upstream/faults/acknowledgement.ts';
import { cloudFault } from '../../upstream/faults/cloud-fault.ts';
import { errorInSuccess } from '../../upstream/faults/error-in-success.ts';

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
 *   the expected document
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
    const found = documentIn(answer, operation);
    if (found !== undefined) return found;
    const mayBeEmpty = message === undefined || message.isOptional === true;
    if (mayBeEmpty && isAcknowledgement(answer, operation.ignoredAnswer)) return undefined;
  }
  throw errorInSuccess(answer, 'likely', secrets) ?? unexpected(answer, operation);
}

function unexpected({ status, body }: CloudAnswer, { answer: message }: Operation): Fault {
  const other = body.length === 0 ? '' : ' with an unexpected document';
  const wrong = message === undefined ? other : ` without a ${message.root} document`;
  return new Fault(502, `The cloud answered ${status}${wrong}. It may have acted on the request.`, {
    reason: 'cloud-nonsense',
  });
}

function documentIn(answer: CloudAnswer, { answer: first, otherAnswer }: Operation): Resource | undefined {
  const document = isUnencoded(answer) ? documentOf(answer) : undefined;
  for (const message of [first, otherAnswer]) {
    if (message === undefined) continue;
    const content = document && fromDocument(message, document);
    if (hasOutline(message)(content)) return { message, content };
  }
  return undefined;
}

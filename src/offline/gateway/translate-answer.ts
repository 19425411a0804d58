import { answerCaller } from '../../http/translate/answer.ts';
import { createRouter } from '../../http/translate/router.ts';
import type { Note } from '../../upstream/note.ts';
import { plan as planRequest } from '../../upstream/plan.ts';
import { InputError } from '../input/input-error.ts';
import { wireOf, type GivenRequest } from '../input/given-request.ts';
import { operationNamed, targetFor, type NamedCall } from '../input/body-alone.ts';
import type { OfflineGateway } from './offline-gateway.ts';
import { answerIn, type CallersAnswer } from './translation.ts';

/** An answer of the cloud in the form of the caller. */
interface TranslatedAnswer {
  readonly answer: CallersAnswer;
  readonly notes: readonly Note[];
}

/** The choices for an answer. */
interface AnswerChoice {
  /** The status of a fault; undefined for the status that the operation has. */
  readonly fault?: number | undefined;
  /** The media type that the caller accepts. */
  readonly accept?: string | undefined;
}

/**
 * Translate the JSON of a cloud's answer to the form of a caller, by the code that answers callers.
 * @throws {InputError} for an operation that is not known
 */
export async function translateAnswer(
  gateway: OfflineGateway,
  named: NamedCall,
  json: Buffer,
  { fault, accept = 'application/xml' }: AnswerChoice = {},
): Promise<TranslatedAnswer> {
  const operation = operationNamed(named.operation);
  const { method } = operation;
  const target = targetFor(operation, named);
  const call = createRouter([operation])(method, target);
  if (call === undefined) throw new InputError('The version, the project or the server cannot be part of a path.');
  const asked: GivenRequest = {
    place: 'the answer',
    method,
    target,
    headers: [['Accept', accept]],
    body: Buffer.alloc(0),
  };
  const answer = { status: fault ?? operation.status, headers: { 'content-type': 'application/json' }, body: json };
  const plan = planRequest(undefined, {}, undefined, operation.request?.root ?? '');
  const translated = { call, operation, plan, notes: [], values: [], restored: undefined };
  const { trace, answer: written } = await gateway.exchange(wireOf(asked), (exchange) =>
    answerCaller(exchange, answer, translated, gateway.roads.context),
  );
  return { answer: answerIn(written), notes: trace.notes ?? [] };
}

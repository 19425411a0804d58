import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import { faultReasons } from '../../fault-reasons.ts';
import { OfflineGateway } from '../../offline/gateway/offline-gateway.ts';
import { translateAnswer } from '../../offline/gateway/translate-answer.ts';
import { translateOne, type Translation } from '../../offline/gateway/translation.ts';
import { namedCall } from '../../offline/input/body-alone.ts';
import { InputError, type InputAdvice } from '../../offline/input/input-error.ts';
import { operationsOfBody } from '../../offline/input/operations-of-body.ts';
import { readRequests } from '../../offline/input/read-requests.ts';
import { masking } from '../../offline/show/mask.ts';
import { answerLines, cloudLines } from '../../offline/show/message-lines.ts';
import { requestDiff } from '../../offline/show/request-diff.ts';
import type { TriedAnswer, TriedRequest, TriedRequests, TryRefusal, TryView, TryWish } from '../views/try-types.ts';
import { readWish, WishError } from './read-wish.ts';

/** The fields of the form that help with an input, and what to do there. */
const advices: Readonly<Record<InputAdvice, readonly [field: TryRefusal['field'], advice: string]>> = {
  'name-operation': ['operation', 'For a body alone, choose its operation.'],
  'use-answer': ['text', 'For the JSON of an answer there is the other form.'],
  'give-body': ['body', 'Paste the body beside.'],
  'record-body': ['body', 'Paste the body beside, or record with curl --trace-ascii FILE.'],
};

/**
 * Show what becomes of a request or of an answer, by the code that serves before a cloud that only records: nothing is sent, kept
 * or logged, and no secret of the text is in the result.
 */
export async function runTry(bytes: Uint8Array, config: Config): Promise<TryView> {
  try {
    const wish = readWish(bytes);
    const { profile = config.upstream.profile } = wish;
    const gateway = new OfflineGateway({ ...config, upstream: { ...config.upstream, profile } });
    return await (wish.kind === 'request' ? tryRequests(gateway, wish) : tryAnswer(gateway, wish));
  } catch (error) {
    return refusalOf(error);
  }
}

/** @throws an error that is none of the input's */
function refusalOf(error: unknown): TryRefusal {
  if (error instanceof WishError) return { kind: 'refusal', field: error.field, message: error.message };
  if (!(error instanceof InputError)) throw error;
  const [field, advice] = error.advice === undefined ? [error.about, undefined] : advices[error.advice];
  return { kind: 'refusal', field, message: advice === undefined ? error.message : `${error.message} ${advice}` };
}

async function tryRequests(gateway: OfflineGateway, wish: TryWish): Promise<TriedRequests> {
  const { text, version, body } = wish;
  const operation = wish.operation ?? operationOf(text);
  const call = operation === undefined ? undefined : namedCall(operation, version);
  const given = readRequests(Buffer.from(text), {
    call,
    entry: undefined,
    body: body === undefined ? undefined : Buffer.from(body),
  });
  const requests: TriedRequest[] = [];
  for (const one of given) {
    if (requests.length === fixedLimits.tryRequests) return { kind: 'requests', requests, isCut: true };
    requests.push(viewTranslation(await translateOne(one, gateway)));
  }
  return { kind: 'requests', requests, isCut: false };
}

/** Find the operation of a body alone by its root; undefined for a whole request. @throws {WishError} for a root of several */
function operationOf(text: string): string | undefined {
  const names = operationsOfBody(text);
  if (names.length <= 1) return names[0];
  const others = names.slice(0, -1).join(', ');
  throw new WishError('operation', `This body may be of ${others} or ${names.at(-1)}: choose its operation.`);
}

function viewTranslation(translation: Translation): TriedRequest {
  const { given, operation = null, outcome, before, answer, fault, notes, needs } = translation;
  return {
    place: given.place,
    operation,
    outcome,
    diff: requestDiff(translation, masking),
    before: before.map((request) => cloudLines(request, given, masking)[0] ?? ''),
    answer: answer === undefined ? null : answerLines(answer, masking),
    fault:
      fault === undefined
        ? null
        : { reason: fault, meaning: faultReasons[fault].meaning, action: faultReasons[fault].action },
    notes: notes.map(({ text }) => text),
    needs,
  };
}

async function tryAnswer(gateway: OfflineGateway, wish: TryWish): Promise<TriedAnswer> {
  const { text, operation, version, accept = 'application/xml', fault } = wish;
  if (operation === undefined) throw new WishError('operation', 'Choose the operation that the cloud answers.');
  if (text.trim() === '') throw new WishError('text', 'There is no answer: paste the JSON of the cloud.');
  const { answer, notes } = await translateAnswer(gateway, namedCall(operation, version), Buffer.from(text), {
    fault,
    accept,
  });
  return { kind: 'answer', lines: answerLines(answer, masking), notes: notes.map(({ text: note }) => note) };
}

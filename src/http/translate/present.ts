import type { Operation } from '../../compute/operation.ts';
import { presentReason } from '../../fault-reasons.ts';
import { Fault } from '../../fault.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { lostMembers, presentVersion } from '../../upstream/lost-members.ts';
import type { Plan } from '../../upstream/plan.ts';
import { relayHeaders } from '../answer/relay-headers.ts';
import { resourceOf } from '../answer/document/resource.ts';
import { credentialsOf, type Cloud } from '../cloud/cloud.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { cloudPath } from './cloud-path.ts';
import type { Call } from './router.ts';

/** The resource before the request changes it. */
export interface Present {
  /** Its members; empty if it was not read. */
  readonly content: Fields;
  /** The members that the answer will lack and the caller needs; undefined for none. */
  readonly restored: Fields | undefined;
}

/**
 * Read the resource with one GET before the request changes it, if the answer will lack members, or the plan joins a member
 * to a value of the resource.
 * @throws {Fault} if it cannot be read; then nothing was changed
 */
export async function readPresent(
  exchange: Exchange,
  call: Call,
  operation: Operation,
  plan: Plan,
  cloud: Cloud,
): Promise<Present> {
  const lost = operation.answer === undefined ? [] : lostMembers(operation.answer.root, plan);
  const isNeeded = lost.length > 0 || plan.carried.some(({ treatment }) => treatment.present !== undefined);
  const { subject } = operation;
  const content =
    isNeeded && subject !== undefined ? await read(exchange, cloudPath(subject, call), operation, plan, cloud) : {};
  return {
    content,
    restored: lost.length === 0 ? undefined : Object.fromEntries(lost.map((member) => [member, content[member]])),
  };
}

async function read(
  exchange: Exchange,
  path: string,
  operation: Operation,
  { isCallers }: Plan,
  cloud: Cloud,
): Promise<Fields> {
  try {
    const answer = await cloud({ method: 'GET', path, body: null, microversion: presentVersion }, exchange);
    try {
      const secrets = (): string[] => credentialsOf(exchange.request.headers);
      const found = resourceOf(answer, operation, secrets, undefined, isCallers)?.content;
      return isFields(found) ? found : {};
    } catch (error) {
      // The fault is sent to the caller with the header fields of this answer.
      relayHeaders(exchange.response, answer, false);
      throw error;
    }
  } catch (error) {
    throw withoutChange(error);
  }
}

/** Add "Nothing was changed." to the message of a failure; a fault below 500 stays unchanged. */
function withoutChange(error: unknown): unknown {
  if (!(error instanceof Fault) || error.status < 500) return error;
  const { status, message, reason, retryAfter, headers } = error;
  if (reason === 'cloud-error' || reason === 'cloud-refusal')
    return new Fault(status, `${message} Nothing was changed.`, { reason, retryAfter, headers });
  const text = 'The current resource could not be read from the cloud. Nothing was changed.';
  return new Fault(503, text, { reason: presentReason(reason), cause: error });
}

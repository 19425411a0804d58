import { type Answer, withHeaders } from '../../http/answer.ts';
import { asciiJson } from '../../python/json.ts';

/** A request that Keystone refuses; `identity` is the further member of the one fault that has it. */
export class IdentityFault extends Error {
  readonly status: number;
  readonly identity: unknown;

  constructor(status: number, message: string, identity?: unknown) {
    super(message);
    this.status = status;
    this.identity = identity;
  }
}

const TITLES: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
]);

/** Create the 401 that Keystone gives for each login that it refuses, whatever was wrong. */
export function unauthorized(): IdentityFault {
  return new IdentityFault(401, 'The request you have made requires authentication.');
}

/** Create the 400 for a member that is missing or empty. */
export function expecting(attribute: string, target: string): IdentityFault {
  return new IdentityFault(
    400,
    `Expecting to find ${attribute} in ${target}. The server could not comply with the request since it is either ` +
      'malformed or otherwise incorrect. The client is assumed to be in error.',
  );
}

/** Create the 403 of a policy, or the one that names none. */
export function forbidden(policy?: string): IdentityFault {
  const action = policy === undefined ? '' : `: ${policy}`;
  return new IdentityFault(403, `You are not authorized to perform the requested action${action}.`);
}

/** Create the answer for a fault; `base` is the URL of the API as the caller named it. */
export function identityFaultAnswer({ status, message, identity }: IdentityFault, base: string): Answer {
  const further = identity === undefined ? {} : { identity };
  const error = { code: status, ...further, message, title: TITLES.get(status) ?? 'Error' };
  const answer: Answer = {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: `${asciiJson({ error })}\n`,
  };
  return status === 401 ? withHeaders(answer, { 'WWW-Authenticate': `Keystone uri="${base}"` }) : answer;
}

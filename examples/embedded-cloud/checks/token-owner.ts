import { CloudFault } from '../http/cloud-fault.ts';
import type { IncomingRequest } from '../http/received-request.ts';
import type { CloudState } from '../state/cloud-state.ts';

/** Return the project of the caller's token, null if it has none; throw the 401 of the token check without a valid token. */
export function ownerOfToken({ projectOf }: CloudState, { received }: IncomingRequest): string | null {
  const token = String(received.headers['x-auth-token'] ?? '');
  const owner = token === '' ? undefined : projectOf(token);
  if (owner === undefined) {
    throw new CloudFault(401, 'The request you have made requires authentication.', 'keystone');
  }
  return owner;
}

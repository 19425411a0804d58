import { type Call, parameter } from '../call/call.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import type { CloudProfile } from '../state/cloud-profiles.ts';

const RETRY_AFTER_SECONDS = 5;

const FAULTS: Readonly<Record<CloudProfile['throttling'], () => CloudFault>> = {
  'over-limit': () =>
    new CloudFault(429, 'This request was rate-limited.', 'controller', { retryAfter: RETRY_AFTER_SECONDS }),
  // The error table of ECS gives this code the status 202, as if the request had been accepted.
  'flow-limit': () => new CloudFault(202, 'Flow limit exceeded.', 'flow-control', { code: 'Common.0024' }),
};

/** Refuse each change of a throttled server: with a 429, or on ECS with an error document in a 202. */
export function refuseThrottled(call: Call): void {
  if (call.incoming.received.method === 'GET') return;
  const { servers, profile } = call.cloud;
  if (servers.get(parameter(call, 'server'))?.isThrottled === true) throw FAULTS[profile.throttling]();
}

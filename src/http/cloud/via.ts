import type { IncomingHttpHeaders } from 'node:http';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { gatewayId } from '../../config/gateway-id.ts';
import { Fault } from '../../fault.ts';
import type { Log } from '../../observe/log.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import type { Step } from '../exchange/step.ts';

const { mostGateways, loopLogMs } = fixedLimits;
const self = `legacy-compute-gateway-${gatewayId}`;
/** An entry of any gateway, of this version or an older one. */
const anyGateway = /(?:^|[\s,])legacy-compute-gateway(?:-[\da-f]{12})?(?=[\s,]|$)/gi;

const loopMessage = 'The request came back to the gateway: its URL of the cloud leads to itself. Nothing was sent.';

/** Append this gateway to Via, as RFC 9110 (7.6.3) requires. */
export function via(headers: IncomingHttpHeaders): string {
  return headers.via === undefined ? `1.1 ${self}` : `${headers.via}, 1.1 ${self}`;
}

/**
 * Refuse a request that has been here before, because `upstream.url` leads back: one request became hundreds, and a rebuild
 * held all connections until its timeout. Two gateways in a row have different ids and still work. The replicas behind one
 * address have too, so the number of gateways in a row is limited.
 * @throws {Fault} 503, with which every client of the legacy API can deal: nothing was sent
 */
export function loopGuard(log: Log): Step {
  let loggedAt = -Infinity;
  return ({ request: { headers }, trace }) => {
    const passed = headers.via;
    if (passed === undefined || !isLoop(passed)) return;
    // One mistake makes as many lines as there are requests; the fault of each is in its own line anyway.
    if (performance.now() - loggedAt > loopLogMs) {
      loggedAt = performance.now();
      log.error('loop: the cloud is this gateway', { id: trace.id, setting: 'upstream.url' });
    }
    throw new Fault(503, loopMessage, { reason: 'loop' });
  };
}

/** Check that an answer comes from a gateway that leads to itself: by its Via, or by the fault of its loop guard. */
export function isFromGateway({ headers, body }: CloudAnswer): boolean {
  return (headers['via']?.toString() ?? '').search(anyGateway) >= 0 || body.includes(loopMessage);
}

function isLoop(passed: string): boolean {
  return passed.includes(self) || (passed.match(anyGateway)?.length ?? 0) >= mostGateways;
}

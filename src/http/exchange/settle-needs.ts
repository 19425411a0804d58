import { callNameOf, resourceOfCall } from '../../compute/call-names.ts';
import { addNeed, removeNeed } from './needs/needs.ts';
import type { Exchange } from './exchange.ts';
import { remembered } from './recent/remembered.ts';

const recentResource = remembered(resourceOfCall);

/** The status of a resource that a cloud has no longer. */
const gone = 410;

/**
 * Correct the needs of an exchange at its end. XML was expected by what the caller accepts: it is a need only if a body in XML was
 * sent, as a fault too. The answer of the cloud shows whether it still has the resource.
 */
export function settleNeeds(exchange: Exchange): void {
  const { request, trace } = exchange;
  const hasXml = trace.mediaOut?.includes('xml') === true && request.method !== 'HEAD' && (trace.bytesOut ?? 1) > 0;
  if (hasXml) addNeed(exchange, 'xml-answer');
  else removeNeed(exchange, 'xml-answer');
  if (trace.cloudStatus === gone && exchange.ownFault === undefined)
    addNeed(exchange, `withdrawn:${recentResource(request.originalUrl)}`);
}

/** Name the operation of an exchange for the log: that which was translated, or the call that was forwarded; undefined if it was refused before. */
export function operationNameOf({ request, trace }: Exchange): string | undefined {
  if (trace.operation !== undefined || trace.isForwarded !== true) return trace.operation;
  return callNameOf(request.method, recentResource(request.originalUrl));
}

import { fixedLimits } from '../../../config/fixed-limits.ts';
import { Fault } from '../../../fault.ts';
import type { IdentityBody } from '../../../identity/request/identity-body.ts';
import { readBody } from '../../body/read-body.ts';
import { reserveFor } from '../../exchange/budget.ts';
import type { IdentityContext } from './context.ts';
import { fieldOf, type IdentityExchange } from './identity-exchange.ts';

/** Read the body of a request to the Identity API. @throws {Fault} 413 over the limit, 499 if the caller disconnects, 503 without memory */
export async function readIdentityBody(asked: IdentityExchange, { requests }: IdentityContext): Promise<IdentityBody> {
  const { request, end, trace } = asked.exchange;
  const { bytes, isWhole } = await readBody(request, {
    limit: fixedLimits.identityBodyBytes,
    reserve: reserveFor(end, requests),
    end,
  });
  trace.bytesIn = bytes.length;
  if (!isWhole) throw new Fault(413, undefined, { reason: 'body-too-large' });
  const contentType = fieldOf(asked, 'content-type');
  if (bytes.length > 0 && contentType !== undefined)
    trace.mediaIn = contentType.includes('application/xml') ? 'application/xml' : 'application/json';
  return { bytes, contentType };
}

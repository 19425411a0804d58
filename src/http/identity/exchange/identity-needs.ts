import { needOfCall } from '../../../identity/call-needs.ts';
import { addNeed } from '../../exchange/needs/needs.ts';
import type { IdentityExchange } from './identity-exchange.ts';

/** Add the needs of a call of the Identity API. A modern service has v3 only, without XML and without suffixes. */
export function addIdentityNeeds({ exchange, found, format }: IdentityExchange): void {
  if (found.route.call === 'forward') return;
  const need = needOfCall(found.route.call);
  if (need !== undefined) addNeed(exchange, need);
  if (found.suffix !== undefined) addNeed(exchange, 'suffix');
  if (exchange.request.headers['content-type']?.includes('application/xml') === true) addNeed(exchange, 'xml-request');
  if (format === 'xml') addNeed(exchange, 'xml-answer');
}

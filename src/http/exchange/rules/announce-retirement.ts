import type { Response } from 'express';
import type { RetirementFields } from '../../../retirement/header-fields.ts';
import type { Exchange } from '../exchange.ts';
import { settleNeeds } from '../settle-needs.ts';

/**
 * Add the header fields that announce the end of the gateway to the answer, if the exchange needed it. They are added when the
 * header section is written: by then it is known whether it did, and no field of the cloud can replace them.
 */
export function announceRetirement(exchange: Exchange): void {
  const { response, retirement } = exchange;
  if (retirement === undefined || exchange.needs.length === 0) return;
  beforeHead(response, () => {
    settleNeeds(exchange);
    const { counted, fields } = retirement.retirement;
    if (counted(exchange.needs).length > 0) addFields(response, fields);
  });
}

/** Call a function once before the header section is written, also by node itself. */
function beforeHead(response: Response, prepare: () => void): void {
  // It has been done for this response.
  if (Object.hasOwn(response, 'writeHead')) return;
  // Node's function has overloads, which no other function can have.
  const writeHead = response.writeHead.bind(response) as (...given: readonly unknown[]) => Response;
  const prepared = (...given: readonly unknown[]): Response => {
    prepare();
    return writeHead(...given);
  };
  response.writeHead = prepared as Response['writeHead'];
}

function addFields(response: Response, { Deprecation, Sunset, Link }: RetirementFields): void {
  if (Deprecation !== undefined) response.setHeader('Deprecation', Deprecation);
  if (Sunset !== undefined) response.setHeader('Sunset', Sunset);
  if (Link === undefined) return;
  const present = response.getHeader('Link');
  const kept = present === undefined ? [] : [present].flat().map(String);
  response.setHeader('Link', [...kept, ...Link]);
}

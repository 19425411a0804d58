import type { Need } from '../../../need-reasons.ts';

/** The needs of an exchange without any. All of them share it, so that it costs nothing. */
export const noNeeds: readonly Need[] = Object.freeze([]);

/** The part of an exchange that holds its needs. */
export interface Needy {
  needs: readonly Need[];
}

/** Add a reason for which the caller needs the gateway, once. */
export function addNeed(exchange: Needy, need: Need): void {
  if (exchange.needs.length === 0) exchange.needs = [need];
  else if (!exchange.needs.includes(need)) exchange.needs = [...exchange.needs, need];
}

/** Take a reason away that was expected and did not come true. */
export function removeNeed(exchange: Needy, need: Need): void {
  if (!exchange.needs.includes(need)) return;
  const others = exchange.needs.filter((other) => other !== need);
  exchange.needs = others.length === 0 ? noNeeds : others;
}

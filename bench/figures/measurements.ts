import { accessLogCost } from './access-log.ts';
import type { Measurement } from './figure.ts';
import { ledgerCost } from './ledger.ts';
import { memoryUse } from './memory.ts';
import { smallBesideLarge } from './small-beside-large.ts';
import { longestStall } from './stall.ts';
import { startUpCost } from './start-up.ts';
import { secondWorker } from './workers.ts';

/** All measurements besides the comparisons. */
export const measurements: readonly Measurement[] = [
  smallBesideLarge,
  longestStall,
  memoryUse,
  startUpCost,
  accessLogCost,
  ledgerCost,
  secondWorker,
];

import { accessLogCost } from './access-log.ts';
import type { Measurement } from './figure.ts';
import { memory } from './memory.ts';
import { stall } from './stall.ts';
import { start } from './start-up.ts';
import { smallBesideLarge } from './small-beside-large.ts';
import { workers } from './workers.ts';

/** What is measured besides the comparisons, each with processes of its own. */
export const measurements: readonly Measurement[] = [smallBesideLarge, stall, memory, start, accessLogCost, workers];

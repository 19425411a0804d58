import type { Reading } from '../../src/schema/read/reading.ts';

/** Make a reading without limits that leaves out unknown members, unless the rules say otherwise. */
export function freshReading(rules: Partial<Pick<Reading, 'limits' | 'keepUnknown'>> = {}): Reading {
  return { limits: new Map(), keepUnknown: false, ...rules, unknown: [], passedOver: [] };
}

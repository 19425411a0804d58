import type { Reading } from '../../src/schema/read/reading.ts';

/** A reading to start with: no limits, unknown members left out, unless said otherwise. */
export function freshReading(rules: Partial<Pick<Reading, 'limits' | 'keepUnknown'>> = {}): Reading {
  return { limits: new Map(), keepUnknown: false, ...rules, unknown: [] };
}

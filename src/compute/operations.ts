import type { Operation } from './operation.ts';
import { rebuild } from './operations/rebuild.ts';

/** Every operation that is translated; all others pass by untouched. */
export const operations = [rebuild] as const satisfies readonly Operation[];

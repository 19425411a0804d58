import { addressCombinations } from './addresses.ts';
import type { Combination } from './combination.ts';
import { kindCombinations } from './kind-of-cloud.ts';
import { loginCombinations } from './login.ts';
import { limitCombinations } from './limits.ts';
import { regionCombinations } from './regions.ts';
import { tlsCombinations } from './tls.ts';
import { trustCombinations } from './trust.ts';
import { wayOutCombinations } from './way-out.ts';

/** All combinations of settings that contradict each other. */
export const combinations: readonly Combination[] = [
  ...addressCombinations,
  ...trustCombinations,
  ...tlsCombinations,
  ...kindCombinations,
  ...limitCombinations,
  ...loginCombinations,
  ...regionCombinations,
  ...wayOutCombinations,
];

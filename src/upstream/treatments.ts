import { microversion } from './microversion.ts';
import type { Forward, Rewrite } from './profile.ts';

/** It goes on as it is. */
export const forward: Forward = { kind: 'forward' };

/** A rebuild takes a key from here on (Nova's microversion history). */
export const keyName: Forward = { ...forward, since: microversion('2.54') };

/** A rebuild takes user_data from here on, and files no more (Nova's microversion history). */
export const withUserData = microversion('2.57');

/** Modern Nova refuses white space around a name, which legacy Nova kept. */
export const trimmed: Rewrite = {
  kind: 'rewrite',
  rewrite: (name) => (typeof name === 'string' ? name.trim() : name),
  how: 'white space around it removed',
};

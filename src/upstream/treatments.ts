import { refusedUnaided, relaxedOnV2 } from '../schema/unaided.ts';
import { microversion } from './microversion.ts';
import type { Forward, Rewrite } from './profile.ts';

/** The treatment that forwards a member unchanged at any microversion. */
export const forwarded: Forward = { kind: 'forward' };

/** The treatment of the key of a rebuild, which Nova accepts since 2.54 (Nova's microversion history). */
export const rebuildKeyName: Forward = { ...forwarded, since: microversion('2.54') };

/** The first microversion whose rebuild accepts user_data and no personality (Nova's microversion history). */
export const rebuildUserDataVersion = microversion('2.57');

/** The treatment that removes the white space around a name: modern Nova refuses it, legacy Nova kept it. */
export const trimmedName: Rewrite = {
  kind: 'rewrite',
  unaided: relaxedOnV2,
  rewrite: (name) => (typeof name === 'string' ? name.trim() : name),
  how: 'white space around it removed',
};

/** The same for the name of an image of a server, which Nova checks on v2 as strictly as on v2.1 (measured on Nova 26). */
export const trimmedImageName: Rewrite = { ...trimmedName, unaided: refusedUnaided };

import type { Rewrite } from './profile.ts';

/** Modern Nova refuses white space around a name, which legacy Nova kept. */
export const trimmed: Rewrite = {
  kind: 'rewrite',
  rewrite: (name) => (typeof name === 'string' ? name.trim() : name),
  how: 'white space around it removed',
};

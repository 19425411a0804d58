import { microversion, type Microversion } from './microversion.ts';
import type { Plan } from './plan.ts';

/** What is read beforehand: the last version whose server has a flavor with id and links, and late enough (2.3) to show user_data. */
export const presentVersion = microversion('2.46');

/** By document: members that from a version on no longer have the legacy form (Nova's microversion history). */
const lost: Readonly<Record<string, readonly { readonly member: string; readonly from: Microversion }[]>> = {
  // Embedded in the server from then on, without its id and links.
  server: [{ member: 'flavor', from: microversion('2.47') }],
};

/** The members of an answer that must be put back from what was read before; none where the caller asked for the version. */
export function lostMembers(document: string, { microversion: version, isCallers }: Plan): string[] {
  if (isCallers) return [];
  return (lost[document] ?? []).filter(({ from }) => version >= from).map(({ member }) => member);
}

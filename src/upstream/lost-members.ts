import type { DescribedOperation } from '../compute/operations/operations.ts';
import type { Message } from '../schema/shapes.ts';
import { microversion, type Microversion } from './microversion.ts';
import type { Plan } from './plan.ts';

/**
 * The microversion of the read before a change: 2.46 is the last whose server has a flavor with id and links, and it shows
 * user_data (since 2.3).
 */
export const presentVersion = microversion('2.46');

/** A member that answers lack, or have in another form, since a microversion. */
interface Loss {
  readonly member: string;
  readonly from: Microversion;
}

/** The root of an operation's answer. */
type AnswerRoot = Extract<DescribedOperation, { readonly answer: Message }>['answer']['root'];

/** The losses of each document (source: Nova's microversion history). */
const losses: Readonly<Record<string, readonly Loss[]>> = {
  // From 2.47 on the flavor is embedded in the server, without its id and links.
  server: [{ member: 'flavor', from: microversion('2.47') }],
} satisfies { readonly [Root in AnswerRoot]?: readonly Loss[] };

/**
 * List the members of an answer that must be restored from the read before the change; none if the caller asked for the
 * microversion.
 * @param document the root of the answer
 */
export function lostMembers(document: string, { microversion: version, isCallers }: Plan): string[] {
  if (isCallers) return [];
  return (losses[document] ?? []).filter(({ from }) => version >= from).map(({ member }) => member);
}

import type { DescribedOperation } from '../compute/operations/operations.ts';
import type { Message } from '../schema/shapes.ts';
import { microversion, type Microversion } from './microversion.ts';
import type { Plan } from './plan.ts';

/**
 * The microversion of the read before a change: the last whose server has a flavor with id and links (2.46), and late
 * enough to show user_data (2.3).
 */
export const presentVersion = microversion('2.46');

/** A member that answers have no longer, or in another form, from a microversion on. */
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
 * List the members of an answer that must be restored from the read before the change. An answer of the microversion that
 * the caller asked for needs none.
 * @param document the root of the answer
 */
export function lostMembers(document: string, { microversion: version, isCallers }: Plan): string[] {
  if (isCallers) return [];
  return (losses[document] ?? []).filter(({ from }) => version >= from).map(({ member }) => member);
}

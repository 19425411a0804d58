import type { Message } from '../../src/schema/shapes.ts';

/** The keys of a message's members that stand beside it in JSON. */
export function besidesOf({ content }: Message): ReadonlySet<string> {
  const members = content.kind === 'record' ? Object.entries(content.members) : [];
  return new Set(members.filter(([, { beside }]) => beside === true).map(([key]) => key));
}

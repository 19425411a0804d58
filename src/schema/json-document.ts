import { isFields, type Fields } from './fields.ts';
import { perMessage } from './per-message.ts';
import type { Message } from './shapes.ts';

/** Find the members of a message that are beside its content in JSON, with all their names. */
const membersBeside = perMessage(({ content }): ReadonlyMap<string, readonly string[]> => {
  const members = content.kind === 'record' ? Object.entries(content.members) : [];
  return new Map(
    members.filter(([, member]) => member.beside === true).map(([key, { aliases = [] }]) => [key, [key, ...aliases]]),
  );
});

/** Check for a message with members that are beside its content in JSON. */
export function hasMembersBeside(message: Message): boolean {
  return membersBeside(message).size > 0;
}

/** Make the JSON document of a message from its content. */
export function toDocument(message: Message, content: unknown): unknown {
  if (message.isBare === true) return content;
  const beside = membersBeside(message);
  if (beside.size === 0 || !isFields(content)) return { [message.root]: content };
  const entries = Object.entries(content);
  return {
    [message.root]: Object.fromEntries(entries.filter(([key]) => !beside.has(key))),
    ...Object.fromEntries(entries.filter(([key]) => beside.has(key))),
  };
}

/** Extract the content of a message from its JSON document; undefined if the root's member is missing. */
export function fromDocument(message: Message, document: Fields): unknown {
  if (message.isBare === true) return document;
  if (!Object.hasOwn(document, message.root)) return undefined;
  const content = document[message.root];
  const beside = membersBeside(message);
  if (beside.size === 0 || !isFields(content)) return content;
  const found = [...beside].flatMap(([key, names]) => {
    const name = names.find((candidate) => Object.hasOwn(document, candidate));
    return name === undefined ? [] : [[key, document[name]] as const];
  });
  return { ...content, ...Object.fromEntries(found) };
}

/** List the members of a JSON document that are not in the content of the message: unknown ones, and second names. */
export function membersOutside(message: Message, document: Fields): readonly string[] {
  if (message.isBare === true) return [];
  const taken = new Set([message.root]);
  for (const names of membersBeside(message).values()) {
    const name = names.find((candidate) => Object.hasOwn(document, candidate));
    if (name !== undefined) taken.add(name);
  }
  return Object.keys(document).filter((name) => !taken.has(name));
}

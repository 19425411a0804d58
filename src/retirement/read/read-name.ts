import type { FileMembers } from './file-members.ts';

/** The form of a name: the log has it. */
const nameForm = /^[A-Za-z0-9](?:[\w .-]{0,62}[\w.-])?$/;

/** Read the name of a brownout or a rule; without one it is the path. */
export function nameOf(members: FileMembers): string {
  const rule = 'a name of at most 64 letters, digits, spaces, _, - and .';
  const name = members.text('name', rule);
  if (name !== undefined && !nameForm.test(name)) members.wrong('name', `it must be ${rule}`);
  return name ?? members.path;
}

/** The record of a member that the translation changed. Callers read it in header fields, operators in the log. */
export interface Note {
  /** The member's path below the message, such as `accessIPv4` or `personality.0`. */
  readonly member: string;
  /** The change. An ineffective member reaches the cloud, which ignores it; a replaced value is lost to another one. */
  readonly outcome: 'dropped' | 'mapped' | 'rewritten' | 'replaced' | 'ineffective' | 'generic';
  /** The member that holds the value now. */
  readonly to?: string;
  /** A sentence for people. It names members, never values. */
  readonly text: string;
}

/** The longest name in a note, in characters, because callers may send names of any length. */
const longestName = 64;

/** Make the note on a member that was dropped. @param because the end of its sentence: the reason */
export function dropped(member: string, because: string): Note {
  const name = member.slice(0, longestName);
  return { member: name, outcome: 'dropped', text: `${name} was dropped: ${because}` };
}

/** Make the note on a member that the cloud accepts without any effect. @param because the end of its sentence: the reason */
export function ineffective(member: string, because: string): Note {
  return { member, outcome: 'ineffective', text: `${member} has no effect: ${because}` };
}

/** Make the note on a document that nothing describes. @param root the name of its root */
export function genericForm(root: string): Note {
  const name = root.slice(0, longestName);
  const text = `${name} is in the generic form of XML: the gateway does not describe this call`;
  return { member: name, outcome: 'generic', text };
}

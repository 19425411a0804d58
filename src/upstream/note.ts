/** What happened to a member on the way; the caller is told in headers, the operator in the log. */
export interface Note {
  /** The member's path below the message, such as `accessIPv4` or `personality.0`. */
  readonly member: string;
  readonly outcome: 'dropped' | 'mapped' | 'rewritten' | 'replaced';
  /** The member that carries it now. */
  readonly to?: string;
  /** One sentence for people; names members, never values. */
  readonly text: string;
}

/** Callers can name a member anything, at any length. */
const longestName = 64;

/** A member that was left out. */
export function dropped(member: string, because: string): Note {
  const name = member.slice(0, longestName);
  return { member: name, outcome: 'dropped', text: `${name} was dropped: ${because}` };
}

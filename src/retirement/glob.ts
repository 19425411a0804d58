/** The check of a text against a pattern in which `*` stands for any characters, none included. */
export type TextCheck = (text: string) => boolean;

/**
 * Create the check of a pattern. It looks for the parts between the stars from left to right and never goes back, which is right
 * because a star takes anything, so that no pattern holds the event loop.
 */
export function globCheck(pattern: string): TextCheck {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  const inner = rest.filter((part) => part !== '');
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const part of inner) {
      const found = text.indexOf(part, at);
      if (found === -1 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** The description of one hop in Forwarded (RFC 7239): the parameters that a proxy gave, as it wrote them. */
export interface ForwardedElement {
  readonly for: string | undefined;
  readonly host: string | undefined;
  readonly proto: string | undefined;
}

/** The longest element that is read, in characters. A proxy names two nodes, a host and a scheme. */
const longestElement = 1024;
const token = "[\\w!#$%&'*+.^`|~-]+";
const pair = `(${token})=(?:(${token})|"((?:[^"\\\\]|\\\\.)*)")`;
/** One parameter, or none, with what ends it. White space has one place to match, so that the cost is linear. */
const parameter = new RegExp(`[ \\t]*(?:${pair}[ \\t]*)?(?:;|$)`, 'suy');

/**
 * Read the elements of Forwarded from the right, where the nearest proxy has appended its own. Text to the left of it
 * is read later, because a caller could open a quote there that swallows the rest. Ends at the first element that is malformed.
 */
export function* elementsFromRight(field = ''): Generator<ForwardedElement, void> {
  for (const text of itemsFromRight(field, true)) {
    const element = elementIn(text);
    if (element === undefined) return;
    yield element;
  }
}

/**
 * Yield the items of a list that is separated by commas, from the right and without the white space around them.
 * @param isQuoted true if a comma in quotes does not separate
 */
export function* itemsFromRight(list: string, isQuoted = false): Generator<string, void> {
  let end = list.length;
  let isInQuotes = false;
  for (let at = end - 1; at >= 0; at -= 1) {
    const character = list[at];
    if (isQuoted && character === '"' && !isEscaped(list, at)) isInQuotes = !isInQuotes;
    if (character !== ',' || isInQuotes) continue;
    yield list.slice(at + 1, end).trim();
    end = at;
  }
  yield list.slice(0, end).trim();
}

/** Check that an odd number of backslashes stands before a position. Each run stands before one quote only. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

/** Read the parameters of an element; undefined if it is malformed or too long. The last of repeated parameters counts. */
function elementIn(text: string): ForwardedElement | undefined {
  if (text.length > longestElement) return undefined;
  const found = new Map<string, string>();
  parameter.lastIndex = 0;
  while (parameter.lastIndex < text.length) {
    const match = parameter.exec(text);
    if (match === null) return undefined;
    const [, name, plain, quoted] = match;
    if (name !== undefined) found.set(name.toLowerCase(), plain ?? quoted?.replace(/\\(.)/gsu, '$1') ?? '');
  }
  return { for: found.get('for'), host: found.get('host'), proto: found.get('proto') };
}

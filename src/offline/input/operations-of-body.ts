import { operations } from '../../compute/operations/operations.ts';

/** The names of the operations by the roots of their requests. */
const namesByRoot = new Map<string, string[]>();
for (const { name, request } of operations as readonly { name: string; request?: { root: string } }[]) {
  if (request === undefined) continue;
  const names = namesByRoot.get(request.root);
  if (names === undefined) namesByRoot.set(request.root, [name]);
  else names.push(name);
}

/** The characters in which the root of a body is searched for: a body that begins with a longer comment is not recognized. */
const searchedLength = 1024;

/** List the operations whose request has the root of this body alone, in XML or JSON; none if the root is unknown. */
export function operationsOfBody(text: string): readonly string[] {
  const beginning = text.slice(0, searchedLength).trimStart();
  const root = beginning.startsWith('{') ? firstKey(beginning) : rootElement(beginning);
  return (root === undefined ? undefined : namesByRoot.get(root)) ?? [];
}

function firstKey(beginning: string): string | undefined {
  return /^\{\s*"([\w:.-]+)"\s*:/.exec(beginning)?.[1];
}

/** Find the local name of the first element, behind the XML declaration and comments. */
function rootElement(beginning: string): string | undefined {
  let rest = beginning;
  for (;;) {
    const end = rest.startsWith('<?') ? '?>' : rest.startsWith('<!--') ? '-->' : undefined;
    if (end === undefined) return /^<(?:[\w.-]+:)?([\w.-]+)/.exec(rest)?.[1];
    const at = rest.indexOf(end);
    if (at < 0) return undefined;
    rest = rest.slice(at + end.length).trimStart();
  }
}

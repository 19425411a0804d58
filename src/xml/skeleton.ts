import { create } from 'xmlbuilder2';

/**
 * Print the start tag of a message's root without its closing `>`, such as `<server xmlns="..."`; the writer adds the values.
 *
 * xmlbuilder2 implements the rules of names and namespaces, but needs 70 to 210 us for the document of a server. So it prints
 * the tag only once for each message and set of namespaces (docs/decisions/0003-skeletons-are-printed-once.md).
 * @param name the name of the element
 * @param namespaces prefix to URI, '' for the default, in the order in which they are written
 */
export function printSkeleton(name: string, namespaces: readonly (readonly [string, string])[]): string {
  const root = create().ele(name);
  for (const [prefix, uri] of namespaces) root.att(prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri);
  return root.toString({ wellFormed: true }).slice(0, -'/>'.length);
}

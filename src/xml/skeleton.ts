import { create } from 'xmlbuilder2';

/**
 * A start tag without its end, such as `<server xmlns="..."`: what a message's document begins with, whatever it holds.
 * xmlbuilder2 prints it once for each message and set of namespaces, because it knows the rules of names and URIs and
 * costs 100 us; the values are filled in afterwards.
 * @param name the element's name, in the default namespace if there is one
 * @param namespaces prefix to URI, '' for the default, in the order in which they are written
 */
export function printSkeleton(name: string, namespaces: readonly (readonly [string, string])[]): string {
  const element = create().ele(namespaces.find(([prefix]) => prefix === '')?.[1] ?? null, name);
  for (const [prefix, uri] of namespaces) {
    if (prefix !== '') element.att('http://www.w3.org/2000/xmlns/', `xmlns:${prefix}`, uri);
  }
  const printed = element.toString({ wellFormed: true });
  return printed.slice(0, -'/>'.length);
}

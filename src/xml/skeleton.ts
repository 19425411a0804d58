import { create } from 'xmlbuilder2';

/**
 * A start tag without its end, such as `<server xmlns="..."`: what a message's document begins with, whatever it holds.
 * xmlbuilder2 prints it once for each message and set of namespaces, because it knows the rules of names and URIs and
 * costs 100 us; the values are filled in afterwards.
 * @param name the element's name
 * @param namespaces prefix to URI, '' for the default, in the order in which they are written
 */
export function printSkeleton(name: string, namespaces: readonly (readonly [string, string])[]): string {
  const element = create().ele(name);
  for (const [prefix, uri] of namespaces) element.att(prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri);
  return element.toString({ wellFormed: true }).slice(0, -'/>'.length);
}

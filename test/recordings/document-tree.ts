import { bare, resolvedTree, type BareElement } from '../../tools/coverage-api/resolved-tree.ts';

/** The elements whose children came out of a Python dictionary, in any order. */
const unordered: ReadonlySet<string> = new Set(['metadata', 'addresses', 'absolute']);

/** A document by what it means: names in Clark's notation, attributes without an order, nor what a dictionary held. */
export function treeOf(document: string): BareElement {
  return ordered(bare(resolvedTree(document)));
}

function ordered({ name, children, ...rest }: BareElement): BareElement {
  const own = children.map(ordered);
  const isUnordered = unordered.has(name.replace(/^\{.*\}/, ''));
  return { ...rest, name, children: isUnordered ? own.toSorted(byContent) : own };
}

function byContent(a: BareElement, b: BareElement): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

import assert from 'node:assert/strict';
import type { XmlElement } from '../../src/xml/element.ts';
import { parseXml } from '../../src/xml/parse.ts';

/** Sort the lists in a JSON value: the order of services, endpoints and roles was that of a dict of Python. */
export function sortedLists(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = (value as unknown[]).map(sortedLists);
    return items.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sortedLists(member)]));
}

/** Print a value so that equal values have equal texts, whatever the order of their members. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** The elements whose order of attributes clients depend on. */
const ordered = /<(?:token|tenant) [^>]*>/g;

/**
 * Compare two documents of legacy Keystone: the same tree, the same lines whatever their order, and the same order of
 * attributes in `<token>` and `<tenant>`.
 */
export function assertSameXml(written: string, recorded: string): void {
  assert.deepEqual(treeOf(parseXml(Buffer.from(written))), treeOf(parseXml(Buffer.from(recorded))));
  assert.deepEqual(linesOf(written), linesOf(recorded));
  assert.deepEqual(written.match(ordered)?.map(orderOf), recorded.match(ordered)?.map(orderOf));
}

function treeOf({ name, attributes, children, text }: XmlElement): unknown {
  return {
    name,
    attributes: attributes.map((attribute) => `${attribute.name}=${attribute.value}`).toSorted(),
    children: children.map(treeOf).toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1)),
    text: text.trim(),
  };
}

/** The lines of a document, each with its attributes in the order of the alphabet. */
function linesOf(document: string): string[] {
  return document
    .split('\n')
    .map((line) =>
      line.replace(/(?: [\w:]+="[^"]*")+/, (all) => (all.match(/ [\w:]+="[^"]*"/g) ?? []).toSorted().join('')),
    )
    .toSorted();
}

/** The order on which clients depend: of a tenant only that `id` is not first; the answer to a validation has another. */
function orderOf(tag: string): string {
  const names = [...tag.matchAll(/ ([\w:]+)="/g)].map(([, name]) => name);
  return tag.startsWith('<token') ? `token ${names.join(' ')}` : `tenant ${names[0] === 'id'}`;
}

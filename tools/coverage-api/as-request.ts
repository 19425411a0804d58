import { localName, type Shape } from '../../src/schema/shapes.ts';
import type { ResolvedElement } from './resolved-tree.ts';

/**
 * Convert a request's tree to the form in which legacy Nova read it: local names only, child elements that may also be
 * attributes as attributes, and texts without the white space around them.
 */
export function asRequest(element: ResolvedElement, eitherWay: ReadonlySet<string>): ResolvedElement {
  const children = element.children.map((child) => asRequest(child, eitherWay));
  const isAttribute = (child: ResolvedElement): boolean =>
    eitherWay.has(child.name) && child.children.length === 0 && Object.keys(child.attributes).length === 0;
  const attributes = [
    ...Object.entries(element.attributes).map(([name, attribute]) => [local(name), attribute] as const),
    ...children.filter(isAttribute).map(({ name, label, text }) => [name, { label, value: text }] as const),
  ];
  return {
    name: local(element.name),
    label: element.label,
    attributes: Object.fromEntries(attributes),
    children: children.filter((child) => !isAttribute(child)),
    text: element.text.trim(),
  };
}

function local(name: string): string {
  return name.slice(name.indexOf('}') + 1);
}

/** Collect the local names of all members that XML callers may write as an attribute or as a child element. */
export function eitherWayNames(shape: Shape): ReadonlySet<string> {
  if (shape.kind === 'list') return eitherWayNames(shape.item);
  if (shape.kind === 'dict' || shape.kind === 'entry') return eitherWayNames(shape.value);
  if (shape.kind !== 'record') return new Set();
  return new Set(
    Object.entries(shape.members).flatMap(([key, member]) => [
      ...(member.eitherWay === true ? [localName(member.xml ?? key)] : []),
      ...eitherWayNames(member.shape),
    ]),
  );
}

import { placeAt, type Form, type Place } from './form.ts';
import type { ResolvedElement } from './resolved-tree.ts';

/** Collect the paths of a tree, such as `server/atom:link@href` and `meta/text()`; the root includes its namespace. */
export function xmlForm(root: ResolvedElement): Form {
  const places = new Map<string, Place>();
  const visit = (element: ResolvedElement, path: string, label: string): void => {
    for (const [name, attribute] of Object.entries(element.attributes)) {
      placeAt(places, `${path}@${name}`, `${label}@${attribute.label}`, path).values.push(attribute.value);
    }
    if (element.text !== '') placeAt(places, `${path}/text()`, `${label}/text()`, path).values.push(element.text);
    for (const child of element.children) {
      const below = `${path}/${child.name}`;
      placeAt(places, below, `${label}/${child.label}`, path);
      visit(child, below, `${label}/${child.label}`);
    }
  };
  placeAt(places, root.name, root.name);
  visit(root, root.name, root.label);
  return places;
}

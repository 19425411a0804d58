import { attribute, inline, list, record, string } from '../../schema/shapes.ts';

const link = record({
  href: attribute(string()),
  type: attribute(string()),
  rel: attribute(string()),
});

/** The links of a resource, as Atom elements among its children. */
export const links = inline(list(link, { tag: 'atom:link' }));

/** A resource named inside another: its id and links. */
export const entity = record({ id: attribute(string()), links });

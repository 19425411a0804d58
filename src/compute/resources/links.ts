import { attribute, inline, jsonOnly, list, record, string } from '../../schema/words.ts';

const link = record({
  href: attribute(string()),
  type: attribute(string()),
  rel: attribute(string()),
});

const atomLinks = list(link, { tag: 'atom:link' });

/** The links of a resource, as Atom elements among its children; in JSON they are links, of a list `servers_links`. */
export const links = inline(atomLinks);

/** The next page of a list that legacy Nova told JSON callers alone. */
export const linksInJson = jsonOnly(atomLinks);

/** A resource named inside another: its id and links. */
export const entity = record({ id: attribute(string()), links });

/** A resource in a brief list. */
export const brief = record({ name: attribute(string()), id: attribute(string()), links });

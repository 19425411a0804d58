import { attribute, inline, jsonOnly, list, record, string } from '../../schema/words.ts';

const link = record({
  href: attribute(string()),
  type: attribute(string()),
  rel: attribute(string()),
});

const atomLinks = list(link, { tag: 'atom:link' });

/** The links of a resource, as `atom:link` elements among its children. */
export const links = inline(atomLinks);

/** The link to the next page of a list that legacy Nova sent to JSON callers only. */
export const linksInJson = jsonOnly(atomLinks);

/** A reference to another resource: its id and links. */
export const entity = record({ id: attribute(string()), links });

/** A resource in a list without details: its name, id and links. */
export const brief = record({ name: attribute(string()), id: attribute(string()), links });

/** A link in a document. */
export interface Link {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
}

/** Creates links to resources with the host, the base path and the project of the request. */
export interface Links {
  self(collection: string, id?: string): string;
  bookmark(collection: string, id: string): string;
  /** Creates the two links that every resource has. */
  both(collection: string, id: string): readonly Link[];
}

/** Create links that begin with `origin`; only self links contain the base path. */
export function linksFrom(origin: string, base: string, project: string | undefined): Links {
  const owner = project === undefined ? '' : `/${project}`;
  const links: Links = {
    self: (collection, id) => `${origin}/${base}${owner}/${collection}${id === undefined ? '' : `/${id}`}`,
    bookmark: (collection, id) => `${origin}${owner}/${collection}/${id}`,
    both: (collection, id) => [
      { rel: 'self', href: links.self(collection, id) },
      { rel: 'bookmark', href: links.bookmark(collection, id) },
    ],
  };
  return links;
}

/** Creates links to resources with the host, the base path and the project of the request. */
export interface Links {
  self(collection: string, id: string): string;
  bookmark(collection: string, id: string): string;
}

/** Creates links that begin with `origin`; only self links contain the base path. */
export function linksFrom(origin: string, base: string, project: string | undefined): Links {
  const owner = project === undefined ? '' : `/${project}`;
  return {
    self: (collection, id) => `${origin}/${base}${owner}/${collection}/${id}`,
    bookmark: (collection, id) => `${origin}${owner}/${collection}/${id}`,
  };
}

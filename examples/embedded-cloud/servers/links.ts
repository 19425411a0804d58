/** Where the resources of an answer are, as seen from the request: same host, same base, same spelling of the path. */
export interface Links {
  self(collection: string, id: string): string;
  bookmark(collection: string, id: string): string;
}

/** Links that begin with `origin`; a self link has the API's base in it, a bookmark has not. */
export function linksFrom(origin: string, base: string, project: string | undefined): Links {
  const owner = project === undefined ? '' : `/${project}`;
  return {
    self: (collection, id) => `${origin}/${base}${owner}/${collection}/${id}`,
    bookmark: (collection, id) => `${origin}${owner}/${collection}/${id}`,
  };
}

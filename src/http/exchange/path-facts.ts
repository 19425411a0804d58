/** What any path of the API says of its request, translated or not. */
export interface PathFacts {
  readonly version: string | undefined;
  readonly project: string | undefined;
  readonly server: string | undefined;
}

/** Reads it, as the path spells it. */
export function pathFactsOf(url: string): PathFacts {
  const [, version, project, server] = facts.exec(url) ?? [];
  return { version, project, server };
}

/** The version, the project, the server. */
const facts =
  /^\/+(v1\.1|v2|v2\.1)(?=[/?]|$)(?:\/+(?!servers(?:[/?]|$))([^/?]+))?(?:\/+servers\/+(?!detail(?:[/?.]|$))([^/?]+))?/;

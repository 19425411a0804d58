/** The resources that a path of the legacy API names, as the path spells them; operations need not describe the path. */
export interface PathFacts {
  /** The version prefix, such as v1.1. */
  readonly version: string | undefined;
  readonly project: string | undefined;
  readonly server: string | undefined;
}

/** Reads the facts of a request target. */
export function pathFactsOf(url: string): PathFacts {
  const [, version, project, server] = facts.exec(url) ?? [];
  return { version, project, server };
}

/** Version, project, server. */
const facts =
  /^\/+(v1\.1|v2|v2\.1)(?=[/?]|$)(?:\/+(?!servers(?:[/?]|$))([^/?]+))?(?:\/+servers\/+(?!detail(?:[/?.]|$))([^/?]+))?/;

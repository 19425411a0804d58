/** The version prefix of the modern API. JSON under it is not a legacy message. */
export const modernVersion = 'v2.1';

/** The version, project and server in a path, exactly as written. No operation needs to describe the path. */
export interface PathFacts {
  /** The version prefix, such as v1.1. */
  readonly version: string | undefined;
  readonly project: string | undefined;
  readonly server: string | undefined;
}

/** Read the facts of a request target. */
export function pathFactsOf(url: string): PathFacts {
  const [, version, project, server] = facts.exec(url) ?? [];
  return { version, project, server };
}

/** The pattern of a path. Its groups are the version, the project and the server. */
const facts =
  /^\/+(v1\.1|v2|v2\.1)(?=[/?]|$)(?:\/+(?!servers(?:[/?]|$))([^/?]+))?(?:\/+servers\/+(?!detail(?:[/?.]|$))([^/?]+))?/;

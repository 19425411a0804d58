import type { EmbeddedCloud } from '../embedded-cloud/embedded-cloud.ts';

/** The running parts that the requests go to. */
export interface DemoParts {
  readonly gateway: { readonly url: string };
  readonly cloud: EmbeddedCloud;
  readonly kind: 'ecs' | 'nova';
  readonly rebuildSeconds: number;
}

/** A request to try: what it shows, in full sentences, and its command. */
export interface DemoRequest {
  readonly shows: string;
  readonly command: string;
}

/** Return the URL of a server by its name, or of another path below the servers. */
export function demoUrl({ gateway, cloud }: DemoParts, name: string): string {
  const id = cloud.servers.find((server) => server.name === name)?.id ?? name;
  return `${gateway.url}/v2/${cloud.project}/servers/${id}`;
}

/** Return an image to rebuild servers from. */
export function demoImage({ cloud }: DemoParts): string {
  return cloud.images[0] ?? '';
}

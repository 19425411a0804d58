import type { EmbeddedCloud } from '../embedded-cloud/embedded-cloud.ts';

/** The running parts that the introduction describes. */
export interface DemoParts {
  readonly gateway: { readonly url: string };
  readonly cloud: EmbeddedCloud;
  readonly kind: string;
  readonly rebuildSeconds: number;
}

/** Describes the running demo: three requests to try, what each shows, and how to stop. */
export function demoIntroduction({ gateway, cloud, kind, rebuildSeconds }: DemoParts): string {
  const [first = '', second = ''] = cloud.servers.map(({ id }) => `${gateway.url}/v2/${cloud.project}/servers/${id}`);
  const [image = ''] = cloud.images;
  return `
The gateway is running at ${gateway.url}, in front of an embedded cloud (${kind}) that speaks JSON only.
Try these requests in another terminal. This one prints what the cloud receives.

1. Rebuild a server with XML. The response is XML; its Gateway-Translation header lists the members that were
   dropped or mapped for this cloud. The cloud may receive a GET first, by which the gateway reads the server's flavor and user data.

curl -i -H 'X-Auth-Token: any' -H 'Content-Type: application/xml' \\
  -d '<rebuild imageRef="http://old.example.com/images/${image}" name="rebuilt" accessIPv4="1.2.3.4">
        <personality><file path="/etc/banner.txt">aGVsbG8K</file></personality>
      </rebuild>' \\
  ${first}/action

2. Show that server as XML. Its status is REBUILD for ${rebuildSeconds} seconds, then ACTIVE.

curl -i -H 'X-Auth-Token: any' -H 'Accept: application/xml' ${first}

3. Rebuild another server with JSON. The suffix .xml asks for an XML response.

curl -i -H 'X-Auth-Token: any' -H 'Content-Type: application/json' \\
  -d '{"rebuild": {"imageRef": "${image}", "metadata": {"role": "web"}}}' \\
  ${second}/action.xml

Press Ctrl-C to stop.
`;
}

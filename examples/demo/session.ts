import { type DemoParts, type DemoRequest, demoImage, demoUrl } from './demo-parts.ts';

/** Sends the token that the first line of the session has stored. */
const TOKEN = 'curl -i -H "X-Auth-Token: $TOKEN"';

/** Create the session of a client of 2012, a line for each step: login, list, rebuild, and a look at the result. */
export function sessionRequests(parts: DemoParts): readonly DemoRequest[] {
  return [
    {
      shows: `Log in with XML. The cloud has Identity v3 only; the answer is that of v2.0, and its catalogue leads to
   the gateway. The token goes to the next lines.`,
      command: loginLine(parts),
    },
    {
      shows: 'List all servers as XML. One is in ERROR, and one boots from a volume, so that it has no image.',
      command: `${TOKEN} ${demoUrl(parts, 'detail')}.xml`,
    },
    {
      shows: `Rebuild a server with XML. The response is XML; its Gateway-Translation header lists the members that were
   dropped or mapped for this cloud. The cloud may receive a GET first, by which the gateway reads the server's flavor
   and user data.`,
      command: rebuildLine(parts),
    },
    {
      shows: `Show that server as XML. Its status is REBUILD for ${parts.rebuildSeconds} seconds, then ACTIVE.`,
      command: `${TOKEN} -H 'Accept: application/xml' ${demoUrl(parts, 'web-1')}`,
    },
  ];
}

/** Print the answer, and take the token out of it. */
function loginLine({ gateway }: DemoParts): string {
  const auth =
    '<auth xmlns="http://docs.openstack.org/identity/api/v2.0" tenantName="demo">' +
    '<passwordCredentials username="demo" password="secret"/></auth>';
  const types = "-H 'Content-Type: application/xml' -H 'Accept: application/xml'";
  const login = `LOGIN=$(curl -s ${types} -d '${auth}' ${gateway.url}/v2.0/tokens)`;
  const token = `TOKEN=$(echo "$LOGIN" | sed -n 's/.*<token [^>]*id="\\([^"]*\\)".*/\\1/p')`;
  return `${login}; echo "$LOGIN"; ${token}`;
}

function rebuildLine(parts: DemoParts): string {
  const image = demoImage(parts);
  const rebuild =
    `<rebuild imageRef="http://old.example.com/images/${image}" name="rebuilt" accessIPv4="1.2.3.4">` +
    '<personality><file path="/etc/banner.txt">aGVsbG8K</file></personality></rebuild>';
  return `${TOKEN} -H 'Content-Type: application/xml' -d '${rebuild}' ${demoUrl(parts, 'web-1')}/action`;
}

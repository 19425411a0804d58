import { type DemoParts, type DemoRequest, demoImage, demoUrl } from './demo-parts.ts';
import { sessionRequests } from './session.ts';

const TOKEN = "curl -i -H 'X-Auth-Token: any'";

/**
 * Create the requests to try: the session of a client that logs in at the gateway, or else requests with any token, from
 * the first rebuild to those that meet a surprise of the cloud.
 */
export function demoRequests(parts: DemoParts): readonly DemoRequest[] {
  return parts.hasLogin ? sessionRequests(parts) : [...firstRequests(parts), ...surpriseRequests(parts)];
}

function firstRequests(parts: DemoParts): readonly DemoRequest[] {
  const image = demoImage(parts);
  return [
    {
      shows: `Rebuild a server with XML. The response is XML; its Gateway-Translation header lists the members that were
   dropped or mapped for this cloud. The cloud may receive a GET first, by which the gateway reads the server's flavor
   and user data.`,
      command: `${TOKEN} -H 'Content-Type: application/xml' \\
  -d '<rebuild imageRef="http://old.example.com/images/${image}" name="rebuilt" accessIPv4="1.2.3.4">
        <personality><file path="/etc/banner.txt">aGVsbG8K</file></personality>
      </rebuild>' \\
  ${demoUrl(parts, 'web-1')}/action`,
    },
    {
      shows: `Show that server as XML. Its status is REBUILD for ${parts.rebuildSeconds} seconds, then ACTIVE.`,
      command: `${TOKEN} -H 'Accept: application/xml' ${demoUrl(parts, 'web-1')}`,
    },
    {
      shows: 'Rebuild another server with JSON. The suffix .xml asks for an XML response.',
      command: `${TOKEN} -H 'Content-Type: application/json' \\
  -d '{"rebuild": {"imageRef": "${image}", "metadata": {"role": "web"}}}' \\
  ${demoUrl(parts, 'web-2')}/action.xml`,
    },
    {
      shows:
        'Ask for strict handling: a member that the cloud would not take is refused with 400, and nothing is sent.',
      command: `${TOKEN} -H 'Content-Type: application/xml' -H 'Prefer: handling=strict' \\
  -d '<rebuild imageRef="${image}" colour="red"/>' \\
  ${demoUrl(parts, 'web-2')}/action`,
    },
  ];
}

function surpriseRequests(parts: DemoParts): readonly DemoRequest[] {
  const image = demoImage(parts);
  return [
    {
      shows: 'List all servers as XML. One is in ERROR, and one boots from a volume, so that it has no image.',
      command: `${TOKEN} ${demoUrl(parts, 'detail')}.xml`,
    },
    { shows: ERROR_SHOWS[parts.kind], command: rebuildCommand(image, demoUrl(parts, 'broken-1')) },
    {
      shows: `Rebuild a server whose user data the cloud does not show. The file replaces it, because nobody can keep
   what the cloud hides.`,
      command: `${TOKEN} -H 'Content-Type: application/xml' \\
  -d '<rebuild imageRef="${image}">
        <personality><file path="/etc/banner.txt">aGVsbG8K</file></personality>
      </rebuild>' \\
  ${demoUrl(parts, 'script-1')}/action`,
    },
    { shows: THROTTLED_SHOWS[parts.kind], command: rebuildCommand(image, demoUrl(parts, 'busy-1')) },
  ];
}

const ERROR_SHOWS: Readonly<Record<DemoParts['kind'], string>> = {
  ecs: `Rebuild the server in ERROR. This cloud refuses that with a fault of its own; the response is a legacy fault.`,
  nova: `Rebuild the server in ERROR. This cloud accepts that, and the server becomes ACTIVE again.`,
};

const THROTTLED_SHOWS: Readonly<Record<DemoParts['kind'], string>> = {
  ecs: `Rebuild a server that the cloud throttles. This cloud says so in a 202; the response is a fault all the same.`,
  nova: `Rebuild a server that the cloud throttles with 429. The response is the legacy fault for too many requests.`,
};

function rebuildCommand(image: string, server: string): string {
  return `${TOKEN} -H 'Content-Type: application/xml' \\
  -d '<rebuild imageRef="${image}"/>' \\
  ${server}/action`;
}

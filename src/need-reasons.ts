/** The closed set of reasons for which a caller needs the gateway: the `needs` of a log line, of the ledger and of `gateway_needed_total`. */

/** A reason, described for operators and for the owners of clients. */
interface NeedReason {
  /** The answer of the cloud to the caller's own request. */
  readonly without: string;
  /** True if the call fails or loses its effect without the gateway; false if it works today, or fails with the gateway as well. */
  readonly breaks: boolean;
  /** The thing that follows the reason after a colon; undefined for a reason that stands alone. */
  readonly about?: 'member' | 'resource';
  /** The change in the client that ends the need. */
  readonly cure: string;
  /** A request as it is sent today, in a few lines. PROJECT and SERVER stand for ids. */
  readonly before: string;
  /** The same request after the change. */
  readonly after: string;
}

const image = '70a599e0-31e7-49b7-b260-868f441e862b';
const json = 'Content-Type: application/json\n\n';
const action = 'POST /v2.1/PROJECT/servers/SERVER/action HTTP/1.1\n';

export const needReasons = {
  'xml-request': {
    without: 'The cloud refuses a request whose Content-Type is XML with 415, even one without a body.',
    breaks: true,
    cure: 'Send the body as JSON with Content-Type: application/json, and no Content-Type without a body.',
    before: `${action}Content-Type: application/xml\nAccept: application/json\n\n<reboot xmlns="http://docs.openstack.org/compute/api/v1.1" type="SOFT"/>`,
    after: `${action}${json}{"reboot": {"type": "SOFT"}}`,
  },
  'xml-answer': {
    without: 'The cloud answers JSON although the caller asked for XML, with the same status: its parser fails.',
    breaks: true,
    cure: 'Ask for JSON with Accept: application/json, and read the JSON document.',
    before: 'GET /v2.1/PROJECT/servers HTTP/1.1\nAccept: application/xml',
    after: 'GET /v2.1/PROJECT/servers HTTP/1.1\nAccept: application/json',
  },
  suffix: {
    without: 'The cloud takes the suffix for a part of the name and answers 404, or 300 behind a version.',
    breaks: true,
    cure: 'Leave out the suffix .xml or .json, and name the media type in Accept.',
    before: 'GET /v2/PROJECT/servers.json HTTP/1.1',
    after: 'GET /v2.1/PROJECT/servers HTTP/1.1\nAccept: application/json',
  },
  'path-v1.1': {
    without: 'The cloud does not have this version: it answers 300 with a list of versions.',
    breaks: true,
    cure: 'Use the path of v2.1; the catalogue of the identity service has its URL.',
    before: 'GET /v1.1/PROJECT/flavors HTTP/1.1\nAccept: application/json',
    after: 'GET /v2.1/PROJECT/flavors HTTP/1.1\nAccept: application/json',
  },
  'path-v2': {
    without:
      'A Nova answers as today, as long as its operator keeps v2. The specifications of 2025.2 plan to remove it.',
    breaks: false,
    cure: 'Use the path of v2.1, which refuses unknown members and names with white space around them.',
    before: 'GET /v2/PROJECT/flavors HTTP/1.1\nAccept: application/json',
    after: 'GET /v2.1/PROJECT/flavors HTTP/1.1\nAccept: application/json',
  },
  'media-version': {
    without: 'The cloud reads the version in the path only, and answers with a document of versions or 404.',
    breaks: true,
    cure: 'Write the version into the path, and leave it out of Accept and Content-Type.',
    before: 'GET /PROJECT/flavors HTTP/1.1\nAccept: application/json;version=2',
    after: 'GET /v2.1/PROJECT/flavors HTTP/1.1\nAccept: application/json',
  },
  'chunked-request': {
    without: 'Nova does not read a body that is sent in chunks, and answers 400. A proxy in front of it may join them.',
    breaks: true,
    cure: 'Send Content-Length instead of Transfer-Encoding: chunked.',
    before: `${action}Content-Type: application/json\nTransfer-Encoding: chunked\n\n1c\n{"reboot": {"type": "SOFT"}}\n0\n\n`,
    after: `${action}${json}{"reboot": {"type": "SOFT"}}`,
  },
  'url-reference': {
    without: 'The cloud refuses a URL or a path in the place of an id with 400.',
    breaks: true,
    cure: 'Send the id alone: the last segment of the URL.',
    before: `${action}${json}{"rebuild": {"imageRef": "http://compute.example.org/images/${image}"}}`,
    after: `${action}${json}{"rebuild": {"imageRef": "${image}"}}`,
  },
  'login-v2.0': {
    without: 'The identity service has v3 only, and answers 404.',
    breaks: true,
    cure: 'Log in with Identity v3: POST /v3/auth/tokens. The token is in the header field X-Subject-Token.',
    before: `POST /v2.0/tokens HTTP/1.1\n${json}{"auth": {"tenantName": "demo", "passwordCredentials": {"username": "demo", "password": "secret"}}}`,
    after: `POST /v3/auth/tokens HTTP/1.1\n${json}{"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "demo", "domain": {"id": "default"}, "password": "secret"}}}, "scope": {"project": {"name": "demo", "domain": {"id": "default"}}}}}`,
  },
  'login-headers': {
    without: 'No service answers a login of v1.0 or v1.1: 404, or 300 from Nova.',
    breaks: true,
    cure: 'Log in with Identity v3: POST /v3/auth/tokens. The token is in the header field X-Subject-Token.',
    before: 'GET /v1.0 HTTP/1.1\nX-Auth-User: demo\nX-Auth-Key: secret\nX-Auth-Project-Id: demo',
    after: `POST /v3/auth/tokens HTTP/1.1\n${json}{"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "demo", "domain": {"id": "default"}, "password": "secret"}}}, "scope": {"project": {"name": "demo", "domain": {"id": "default"}}}}}`,
  },
  spelling: {
    without: 'The cloud refuses this spelling of the member, mostly with 400.',
    breaks: true,
    about: 'member',
    cure: 'Spell the member as the modern API does: addresses with four numbers, ids in lower case, JSON true and false, numbers without white space, names without white space around them; leave out members without a value.',
    before: `${action}${json}{"rebuild": {"imageRef": "${image}", "accessIPv4": "10.1"}}`,
    after: `${action}${json}{"rebuild": {"imageRef": "${image}", "accessIPv4": "10.0.0.1"}}`,
  },
  mapped: {
    without: 'The cloud refuses or ignores the member; the gateway sends its content in another one.',
    breaks: true,
    about: 'member',
    cure: 'Send what the modern API has instead: for personality, user_data with a cloud-config that writes the files.',
    before: `${action}OpenStack-API-Version: compute 2.57\n${json}{"rebuild": {"imageRef": "${image}", "personality": [{"path": "/etc/motd", "contents": "aGVsbG8K"}]}}`,
    after: `${action}OpenStack-API-Version: compute 2.57\n${json}{"rebuild": {"imageRef": "${image}", "user_data": "I2Nsb3VkLWNvbmZpZwp3cml0ZV9maWxlczoKLSBwYXRoOiAvZXRjL21vdGQKICBjb250ZW50OiBoZWxsbwo="}}`,
  },
  dropped: {
    without: 'The cloud refuses a request with this member or this value; the gateway leaves it out.',
    breaks: true,
    about: 'member',
    cure: 'Leave the member out.',
    before: `PUT /v2/PROJECT/servers/SERVER HTTP/1.1\n${json}{"server": {"name": "web", "accessIPv4": ""}}`,
    after: `PUT /v2.1/PROJECT/servers/SERVER HTTP/1.1\n${json}{"server": {"name": "web"}}`,
  },
  microversion: {
    without: 'The cloud refuses or ignores the member without a microversion, which the gateway adds.',
    breaks: true,
    about: 'member',
    cure: 'Ask for the microversion that has the member, with OpenStack-API-Version.',
    before: `${action}${json}{"rebuild": {"imageRef": "${image}", "key_name": "mine"}}`,
    after: `${action}OpenStack-API-Version: compute 2.54\n${json}{"rebuild": {"imageRef": "${image}", "key_name": "mine"}}`,
  },
  withdrawn: {
    without: 'The cloud no longer has the resource and answers 410. The gateway cannot replace it, and answers 501.',
    breaks: false,
    about: 'resource',
    cure: 'Leave the call out, or use the service that has the resource now.',
    before: 'GET /v2.1/PROJECT/os-fping/SERVER HTTP/1.1\nAccept: application/json',
    after: 'GET /v2.1/PROJECT/servers/SERVER HTTP/1.1\nAccept: application/json',
  },
} as const satisfies Readonly<Record<string, NeedReason>>;

/** The kind of a need. */
export type NeedKind = keyof typeof needReasons;

type KindAbout = {
  [K in NeedKind]: (typeof needReasons)[K] extends { readonly about: string } ? K : never;
}[NeedKind];

/** A need as the log and the ledger have it: its kind, and after a colon the member or resource that it is about. */
export type Need = Exclude<NeedKind, KindAbout> | `${KindAbout}:${string}`;

/** The parts of a need. */
export interface NeedParts {
  readonly kind: NeedKind;
  /** The member or resource; undefined for a kind that stands alone. */
  readonly about: string | undefined;
}

/** Split the text of a need, such as `spelling:name`; undefined for a text that is none. */
export function needPartsOf(text: string): NeedParts | undefined {
  const colon = text.indexOf(':');
  const kind = colon === -1 ? text : text.slice(0, colon);
  if (!isNeedKind(kind) || 'about' in needReasons[kind] !== colon > 0) return undefined;
  return { kind, about: colon === -1 ? undefined : text.slice(colon + 1) };
}

/** Check that a call with this need fails, or loses its effect, without the gateway. A text that is no need does not. */
export function doesNeedBreak(need: string): boolean {
  const parts = needPartsOf(need);
  return parts !== undefined && needReasons[parts.kind].breaks;
}

function isNeedKind(text: string): text is NeedKind {
  return Object.hasOwn(needReasons, text);
}

import { randomUUID } from 'node:crypto';
import { answerAction } from './actions/action.ts';
import { type Answer, withHeaders } from './http/answer.ts';
import { CloudFault, faultAnswer } from './http/cloud-fault.ts';
import { LEGACY_MICROVERSION, microversionHeaders, readMicroversion, refuseOutOfRange } from './http/microversion.ts';
import { type IncomingRequest, refuseAnonymous, refuseLargeBody, refuseMediaType } from './http/received-request.ts';
import { linksFrom } from './servers/links.ts';
import { answerShow } from './servers/server-answer.ts';
import type { ServerCall, CloudState } from './servers/server-call.ts';
import { type ApiBase, versionChoices, apiVersionDocument, versionList } from './version-documents.ts';

/** Responds to a request, with the checks in the order of Nova's layers. */
export function answerRequest(cloud: CloudState, incoming: IncomingRequest): Answer {
  const path = pathOf(incoming);
  const base = BASES.find((candidate) => path === `/${candidate}` || path.startsWith(`/${candidate}/`));
  if (base === undefined) {
    const origin = originOf(cloud, incoming);
    return path === '/' ? versionList(cloud.profile, origin) : versionChoices(origin, path);
  }
  const id = `req-${randomUUID()}`;
  return withHeaders(
    guard(cloud, incoming, () => answerApi(cloud, incoming, base, path.slice(base.length + 1))),
    { 'x-openstack-request-id': id, 'x-compute-request-id': id },
  );
}

const BASES: readonly ApiBase[] = ['v2.1', 'v2'];

interface Route {
  /** Any method if undefined. */
  readonly method?: string;
  readonly pattern: RegExp;
  /** True if no token is needed. */
  readonly open?: boolean;
  answer(call: ServerCall): Answer;
}

const ROUTES: readonly Route[] = [
  { pattern: /^\/?$/, open: true, answer: topOfApi },
  { method: 'GET', pattern: /^(?:\/(?<project>[0-9a-f-]+))?\/servers\/(?<server>[^/]+)$/, answer: answerShow },
  {
    method: 'POST',
    pattern: /^(?:\/(?<project>[0-9a-f-]+))?\/servers\/(?<server>[^/]+)\/action$/,
    answer: answerAction,
  },
];

/** Checks size and token before the route, so that a 413 or 401 does not reveal which routes exist. */
function answerApi(cloud: CloudState, incoming: IncomingRequest, base: ApiBase, path: string): Answer {
  const route = ROUTES.find(
    ({ method, pattern }) => (method ?? incoming.received.method) === incoming.received.method && pattern.test(path),
  );
  if (route?.open !== true) {
    refuseLargeBody(incoming);
    refuseAnonymous(incoming);
  }
  if (route === undefined) throw new CloudFault(404, 'The resource could not be found.', 'webob');
  return answerRoute(cloud, incoming, base, route, path);
}

/** Negotiates the microversion and calls the route; faults carry the version headers too, unless it is malformed. */
function answerRoute(cloud: CloudState, incoming: IncomingRequest, base: ApiBase, route: Route, path: string): Answer {
  const { maximumMinor } = cloud.profile;
  const legacy = base === 'v2';
  const version = legacy ? LEGACY_MICROVERSION : readMicroversion(incoming.received.headers, maximumMinor);
  const { project, server = '' } = route.pattern.exec(path)?.groups ?? {};
  const answer = guard(cloud, incoming, () => {
    refuseOutOfRange(version, maximumMinor);
    refuseMediaType(incoming);
    const scope = { minor: version.minor, legacy };
    const links = linksFrom(originOf(cloud, incoming), base, project);
    return route.answer({ cloud, incoming, scope, base, project, serverId: server, links });
  });
  return legacy ? answer : withHeaders(answer, microversionHeaders(version));
}

function topOfApi({ cloud, incoming, scope }: ServerCall): Answer {
  return apiVersionDocument(cloud.profile, originOf(cloud, incoming), scope.legacy ? 'v2' : 'v2.1');
}

function guard(cloud: CloudState, { received }: IncomingRequest, work: () => Answer): Answer {
  try {
    return work();
  } catch (cause) {
    return faultAnswer(CloudFault.from(cause), received.headers.accept, cloud.profile.identity);
  }
}

function pathOf({ received }: IncomingRequest): string {
  const [path = ''] = received.path.split('?');
  const collapsed = path.replaceAll(/\/{2,}/g, '/');
  try {
    return decodeURIComponent(collapsed);
  } catch {
    return collapsed;
  }
}

function originOf({ profile }: CloudState, { received }: IncomingRequest): string {
  return profile.linkOrigin(received.headers.host ?? '127.0.0.1');
}

import type { Call } from './call/call.ts';
import { linksFrom } from './call/links.ts';
import { ownerOfToken } from './checks/token-owner.ts';
import { type Answer, withHeaders } from './http/answer.ts';
import { CloudFault, faultAnswer } from './http/cloud-fault.ts';
import { LEGACY_MICROVERSION, microversionHeaders, readMicroversion, refuseOutOfRange } from './http/microversion.ts';
import { type IncomingRequest, refuseLargeBody, refuseMediaType } from './http/received-request.ts';
import { ROUTES, type Route } from './routes.ts';
import { type CloudState, projectOfCloud } from './state/cloud-state.ts';
import { type ApiBase, versionChoices, apiVersionDocument, versionList } from './version-documents.ts';

/** Respond to a request, with the checks in the order of Nova's layers. */
export function answerRequest(cloud: CloudState, incoming: IncomingRequest): Answer {
  const path = pathOf(incoming);
  const base = BASES.find((candidate) => path === `/${candidate}` || path.startsWith(`/${candidate}/`));
  if (base === undefined) {
    const origin = originOf(cloud, incoming);
    return path === '/' ? versionList(cloud.profile, origin) : versionChoices(origin, path);
  }
  return withHeaders(
    guard(cloud, incoming, () => answerApi(cloud, incoming, base, path.slice(base.length + 1))),
    { 'x-openstack-request-id': incoming.id, 'x-compute-request-id': incoming.id },
  );
}

const BASES: readonly ApiBase[] = ['v2.1', 'v2'];

type UnnamedRoute = Omit<Route, 'method'>;

/** A route with its path below an API, and the project of the caller's token. */
interface Destination extends Pick<Call, 'owner'> {
  readonly base: ApiBase;
  readonly path: string;
  readonly route: UnnamedRoute;
}

/** Check size and token before the route, so that a 413 or 401 does not reveal which routes exist. */
function answerApi(cloud: CloudState, incoming: IncomingRequest, base: ApiBase, path: string): Answer {
  if (path === '' || path === '/') return answerRoute(cloud, incoming, { base, path, route: TOP_OF_API, owner: null });
  refuseLargeBody(incoming);
  const owner = ownerOfToken(cloud, incoming);
  const { method } = incoming.received;
  const route = ROUTES.find((candidate) => candidate.method === method && candidate.pattern.test(path));
  if (route === undefined) throw new CloudFault(404, 'The resource could not be found.', 'webob');
  return answerRoute(projectOfCloud(cloud, owner), incoming, { base, path, route, owner });
}

/** The document of the API, which needs no token. */
const TOP_OF_API: UnnamedRoute = {
  pattern: /^\/?$/,
  answer: ({ cloud, incoming, scope }) =>
    apiVersionDocument(cloud.profile, originOf(cloud, incoming), scope.legacy ? 'v2' : 'v2.1'),
};

/** Negotiate the microversion and call the route; faults carry the version headers too, unless it is malformed. */
function answerRoute(cloud: CloudState, incoming: IncomingRequest, { base, path, route, owner }: Destination): Answer {
  const { maximumMinor } = cloud.profile;
  const legacy = base === 'v2';
  const version = legacy ? LEGACY_MICROVERSION : readMicroversion(incoming.received.headers, maximumMinor);
  const { project, ...parameters } = route.pattern.exec(path)?.groups ?? {};
  const answer = guard(cloud, incoming, () => {
    refuseOutOfRange(version, maximumMinor);
    refuseMediaType(incoming);
    const scope = { minor: version.minor, legacy };
    const links = linksFrom(originOf(cloud, incoming), base, project);
    const call: Call = { cloud, incoming, scope, base, project, owner, parameters, query: queryOf(incoming), links };
    return route.answer(call);
  });
  return legacy ? answer : withHeaders(answer, microversionHeaders(version));
}

function guard(cloud: CloudState, { received }: IncomingRequest, work: () => Answer): Answer {
  try {
    return work();
  } catch (cause) {
    return faultAnswer(CloudFault.from(cause), received.headers.accept, cloud.identityApi());
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

function queryOf({ received }: IncomingRequest): URLSearchParams {
  const [, query = ''] = received.path.split(/\?(.*)/s);
  return new URLSearchParams(query);
}

function originOf({ profile }: CloudState, { received }: IncomingRequest): string {
  return profile.linkOrigin(received.headers.host ?? '127.0.0.1');
}

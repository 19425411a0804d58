import { isRequestId } from '../shown/request-id.ts';
import { shownPath } from '../shown/shown-path.ts';
import { longestAgent } from '../shown/user-agent.ts';
import type { CloudOutcome, TracedAnswer, TracedRequest } from './tracing.ts';

/** Attributes of a span, by the names of OpenTelemetry's stable conventions for HTTP. */
type SpanAttributes = Record<string, string | number>;

/** The attributes of a span that has ended, and its status. */
export interface SpanEnd {
  readonly attributes: SpanAttributes;
  readonly isError: boolean;
}

/** The methods that a span may show; any other could be a caller's invention, and is `_OTHER`. */
const knownMethods: ReadonlySet<string> = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'QUERY',
  'TRACE',
]);

/** Make the name of a span: the method, and the template of the path if there is one. */
export function spanName(method: string, route: string | undefined): string {
  const name = knownMethods.has(method) ? method : 'HTTP';
  return route === undefined ? name : `${name} ${route}`;
}

/** Describe a caller's request. */
export function serverStart(request: TracedRequest, profile: string): SpanAttributes {
  const { method, path, scheme, host, client, httpVersion, agent, region } = request;
  return {
    ...methodAttributes(method),
    'url.path': shownPath(path),
    'url.scheme': scheme,
    ...serverAttributes(scheme, host),
    ...(client !== '' && { 'client.address': client }),
    'network.protocol.version': httpVersion,
    ...(agent !== undefined && { 'user_agent.original': agent.slice(0, longestAgent) }),
    'gateway.profile': profile,
    ...(region !== undefined && { 'gateway.region': region.name }),
  };
}

/** Describe the end of an exchange. Statuses from 500 on are errors of a server span, and so is a caller that has disconnected. */
export function serverEnd({ status, route, operation, fault, cause, requestId }: TracedAnswer): SpanEnd {
  const isGone = fault === 'caller-gone';
  const isError = status >= 500 || isGone;
  const attributes: SpanAttributes = { 'openstack.request_id': requestId };
  if (!isGone) attributes['http.response.status_code'] = status;
  if (route !== undefined) attributes['http.route'] = route;
  if (operation !== undefined) attributes['gateway.operation'] = operation;
  if (fault !== undefined) attributes['gateway.fault'] = fault;
  if (cause !== undefined) attributes['gateway.fault.cause'] = cause;
  if (isError) attributes['error.type'] = fault ?? String(status);
  return { attributes, isError };
}

/** The cloud as the target of requests. */
export interface CloudTarget {
  readonly origin: string;
  readonly attributes: SpanAttributes;
}

/** Describe the cloud once, for all requests. */
export function cloudTarget(cloudUrl: string): CloudTarget {
  const { protocol, host, origin } = new URL(cloudUrl);
  return {
    origin,
    attributes: { ...serverAttributes(protocol.slice(0, -1), host), 'network.protocol.version': '1.1' },
  };
}

/** Describe a request to the cloud. */
export function clientStart(method: string, path: string, { origin, attributes }: CloudTarget): SpanAttributes {
  return { ...methodAttributes(method), 'url.full': origin + shownPath(path), ...attributes };
}

/** Describe the end of a request to the cloud. A client's span is an error from 400 on. */
export function clientEnd({ status, error, requestId }: CloudOutcome): SpanEnd {
  const type = error ?? (status !== undefined && status >= 400 ? String(status) : undefined);
  const attributes: SpanAttributes = {};
  if (status !== undefined) attributes['http.response.status_code'] = status;
  if (requestId !== undefined && isRequestId(requestId)) attributes['openstack.request_id'] = requestId;
  if (type !== undefined) attributes['error.type'] = type;
  return { attributes, isError: type !== undefined };
}

function methodAttributes(method: string): SpanAttributes {
  if (knownMethods.has(method)) return { 'http.request.method': method };
  return { 'http.request.method': '_OTHER', 'http.request.method_original': method };
}

const hostForm = /^(?<address>\[[^\]]*\]|[^:]*)(?::(?<port>\d{1,5}))?$/;

function serverAttributes(scheme: string, host: string | undefined): SpanAttributes {
  const { address = '', port } = hostForm.exec(host ?? '')?.groups ?? {};
  if (address === '') return {};
  const usual = scheme === 'https' ? 443 : 80;
  return { 'server.address': address.replace(/^\[|\]$/g, ''), 'server.port': Number(port ?? usual) };
}

import { type Answer, withHeaders } from '../http/answer.ts';
import { CloudFault, faultAnswer } from '../http/cloud-fault.ts';
import { type IncomingRequest, refuseLargeBody } from '../http/received-request.ts';
import type { IdentityState } from './accounts/identity-state.ts';
import { noRoutePage, wrongMethodAnswer } from './http/flask-pages.ts';
import { readIdentityBody } from './http/keystone-call.ts';
import { IdentityFault, identityFaultAnswer } from './http/identity-fault.ts';
import { IDENTITY_ROUTES } from './identity-routes.ts';

/** Respond to a request, with the checks in the order of Keystone's layers: size, body, route, token. */
export function answerIdentityRequest(identity: IdentityState, incoming: IncomingRequest): Answer {
  const base = `http://${incoming.received.headers.host ?? '127.0.0.1'}/v3`;
  try {
    refuseLargeBody(incoming);
    const further = { Vary: 'X-Auth-Token', 'x-openstack-request-id': incoming.id };
    return withHeaders(answerWithinLimit(identity, incoming, base), further);
  } catch (cause) {
    // The limit of the body is checked by a layer outside of Keystone, the same as before Nova.
    return faultAnswer(CloudFault.from(cause), incoming.received.headers.accept, base);
  }
}

function answerWithinLimit(identity: IdentityState, incoming: IncomingRequest, base: string): Answer {
  try {
    return answerIdentityRoute(identity, incoming, base);
  } catch (cause) {
    if (!(cause instanceof IdentityFault)) throw cause;
    return identityFaultAnswer(cause, base);
  }
}

function answerIdentityRoute(identity: IdentityState, incoming: IncomingRequest, base: string): Answer {
  const body = readIdentityBody(incoming);
  const { method, path: url } = incoming.received;
  const [, path = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(url) ?? [];
  const plain = path.replace(/^\/+/, '/').replace(/\/$/, '');
  const route = IDENTITY_ROUTES.find(({ pattern }) => pattern.test(plain));
  if (route === undefined) return noRoutePage();
  const answer = Object.hasOwn(route.answers, method) ? route.answers[method] : undefined;
  if (answer === undefined) return wrongMethodAnswer([...Object.keys(route.answers), 'OPTIONS'], route.isApi);
  const userId = route.pattern.exec(plain)?.groups?.['user'] ?? '';
  return answer({ identity, incoming, base, query: new URLSearchParams(query), body, userId });
}

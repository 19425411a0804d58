import type { Answer } from '../http/answer.ts';
import { type KeystoneCall, identityAnswer } from './http/keystone-call.ts';
import { unauthorized } from './http/identity-fault.ts';
import { countingFailures } from './login/login.ts';
import { readValid } from './schema/json-schema.ts';
import { PASSWORD_SCHEMA } from './schema/login-schema.ts';
import { callersToken, revokeTokensOf } from './tokens/find-token.ts';

/** Respond to GET /v3/auth/projects: the projects of the user, disabled ones too, whatever the query asks for. */
export function answerProjects(call: KeystoneCall): Answer {
  const { identity, base, incoming } = call;
  const { user } = callersToken(call);
  const { id: domainId } = identity.profile.domain;
  const projects = identity.projects
    .filter(({ id }) => user.projectIds.includes(id))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, name, description, enabled }) => ({
      id,
      name,
      domain_id: domainId,
      description,
      enabled,
      parent_id: domainId,
      is_domain: false,
      tags: [],
      options: {},
      links: { self: `${base}/projects/${id}` },
    }));
  const [, query = ''] = incoming.received.path.split(/(\?.*)/s);
  const links = { next: null, self: `${base}/auth/projects${query}`, previous: null };
  return identityAnswer(200, { projects, links }, '\n');
}

/** Respond to POST /v3/users/{id}/password, which needs the old password instead of a token, and ends all tokens. */
export function answerUserPassword(call: KeystoneCall): Answer {
  const { identity, body, userId } = call;
  const { original_password: original, password = '' } = readValid(
    PASSWORD_SCHEMA,
    Object.hasOwn(body, 'user') ? body['user'] : {},
  );
  const user = identity.users.find(({ id }) => id === userId);
  countingFailures(identity, () => {
    if (user?.enabled !== true || user.password !== original) throw unauthorized();
    user.password = password;
    revokeTokensOf(identity, user);
  });
  return { status: 204, headers: {}, body: '' };
}

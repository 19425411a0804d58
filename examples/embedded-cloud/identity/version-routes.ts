import { withHeaders, type Answer } from '../http/answer.ts';
import { type KeystoneCall, identityAnswer } from './http/keystone-call.ts';

/** Respond to GET /, which lists the only version. */
export function answerIdentityVersions(call: KeystoneCall): Answer {
  const answer = identityAnswer(300, { versions: { values: [versionOf(call)] } });
  return withHeaders(answer, { Location: `${call.base}/` });
}

/** Respond to GET /v3. */
export function answerIdentityVersion(call: KeystoneCall): Answer {
  return identityAnswer(200, { version: versionOf(call) });
}

function versionOf({ identity, base }: KeystoneCall): unknown {
  return {
    id: identity.profile.version,
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${base}/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  };
}

import type { Environment } from '../../config/environment.ts';
import { identityUpstream } from '../../config/services/identity-upstream.ts';
import type { CheckedConfig } from '../../config/settings.ts';
import { upstreamPrefix } from '../../http/cloud/cloud.ts';
import type { CloudRoute } from '../../http/cloud/connect/connector.ts';
import { isFromGateway } from '../../http/cloud/via.ts';
import { judgeIdentity } from '../../identity/answer/identity-verdict.ts';
import type { Finding } from './finding.ts';
import { explainSilence, readFromCloud } from './read-from-cloud.ts';
import { connectStepByStep, routeTo } from './route-steps.ts';

/** Connect to the identity service, if there is one, and ask GET /v3. Nothing else is tried: no login, no other path. */
export async function* reachIdentity(config: CheckedConfig, environment: Environment): AsyncGenerator<Finding> {
  const service = identityUpstream(config);
  if (service === undefined) return;
  const url = new URL(service.url);
  const route = routeTo(service, environment);
  const steps = connectStepByStep(url, route, config);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) {
      if (step.value) yield withItsSettings(await askIdentity(url, route));
      return;
    }
    yield withItsSettings(step.value);
  }
}

/** The steps name the settings of the cloud; those of the identity service have the same names in their own group. */
function withItsSettings(finding: Finding): Finding {
  return { ...finding, text: finding.text.replaceAll(/\bupstream\.(?=url|tls\b)/g, 'identity.') };
}

async function askIdentity(url: URL, route: CloudRoute): Promise<Finding> {
  const step = 'identity';
  try {
    const answer = await readFromCloud(url, `${upstreamPrefix(url.href)}/v3`, route);
    if (isFromGateway(answer)) {
      const text = 'the answer is that of a gateway: a loop. Set identity.url to the identity service itself';
      return { step, isOk: false, text };
    }
    return { step, ...judgeIdentity(answer) };
  } catch (error) {
    return { step, isOk: false, text: explainSilence(error, route, 'an Identity API') };
  }
}

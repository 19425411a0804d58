import type { Environment } from '../../config/environment.ts';
import type { CheckedConfig } from '../../config/settings.ts';
import { upstreamPrefix } from '../../http/cloud/cloud.ts';
import type { CloudRoute } from '../../http/cloud/connect/connector.ts';
import { isFromGateway } from '../../http/cloud/via.ts';
import { judgeProfile } from '../../upstream/profile-verdict.ts';
import { askVersions, type CloudVersions } from '../../upstream/versions-document.ts';
import type { Finding } from './finding.ts';
import { explainSilence, readFromCloud } from './read-from-cloud.ts';
import { connectStepByStep, routeTo } from './route-steps.ts';

/** Connect to the cloud, and ask for its versions, by which the profile is judged. */
export async function* reachCloud(config: CheckedConfig, environment: Environment): AsyncGenerator<Finding> {
  const { upstream } = config;
  const url = new URL(upstream.url);
  const route = routeTo(upstream, environment);
  if (!(yield* connectStepByStep(url, route, config))) return;
  const versions = await findVersions(url, route);
  if (typeof versions === 'string') {
    yield { step: 'versions', isOk: false, text: versions };
    return;
  }
  const { fits, seen, advice } = judgeProfile(versions, upstream.profile);
  yield { step: 'versions', isOk: fits || canBeOfCloud(versions), text: seen };
  yield { step: 'profile', isOk: fits, text: advice };
}

/** Check whether a cloud, and only the profile is wrong, may have such versions. */
function canBeOfCloud({ kind }: CloudVersions): boolean {
  return kind === 'nova' || kind === 'undescribed';
}

/** Ask for the versions; a text is the reason why there are none. */
async function findVersions(url: URL, route: CloudRoute): Promise<CloudVersions | string> {
  const prefix = upstreamPrefix(url.href);
  let isLoop = false;
  try {
    const versions = await askVersions(async (path) => {
      const answer = await readFromCloud(url, prefix + path, route);
      isLoop ||= isFromGateway(answer);
      return answer;
    });
    return isLoop ? 'the answer is that of a gateway: a loop. Set upstream.url to the cloud itself' : versions;
  } catch (error) {
    return explainSilence(error, route, 'a compute API');
  }
}

import { cloudProxy } from '../../config/services/cloud-proxy.ts';
import type { Environment } from '../../config/environment.ts';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { CheckedConfig } from '../../config/settings.ts';
import { cloudTls } from '../../config/tls-files.ts';
import { upstreamPrefix } from '../../http/cloud/cloud.ts';
import { goalOf, type CloudRoute } from '../../http/cloud/connect/connector.ts';
import { isFromGateway } from '../../http/cloud/via.ts';
import { judgeProfile } from '../../upstream/profile-verdict.ts';
import { askVersions, type CloudVersions } from '../../upstream/versions-document.ts';
import { connectTcp, findAddresses } from './connect-steps.ts';
import { codeOf, type Finding } from './finding.ts';
import { readFromCloud } from './read-from-cloud.ts';
import { speakTls, tlsMend } from './tls-step.ts';

const { reachStepMs } = fixedLimits;

/**
 * Ask the cloud of a configuration step by step, without a token and in bounded time: DNS, TCP, TLS, its versions and the
 * profile. With a proxy the first two are those of the proxy. A failure ends it, because no later step can do better.
 */
export async function* reachCloud(config: CheckedConfig, environment: Environment): AsyncGenerator<Finding> {
  const { upstream } = config;
  const url = new URL(upstream.url);
  const route: CloudRoute = {
    tls: cloudTls(upstream.tls),
    proxy: cloudProxy(upstream, environment),
    connectTimeoutMs: Math.min(upstream.connectTimeoutMs, reachStepMs),
  };
  for (const step of stepsTo(url, route, config)) {
    const finding = await step();
    yield finding;
    if (!finding.isOk) return;
  }
  const versions = await findVersions(url, route);
  if (typeof versions === 'string') {
    yield { step: 'versions', isOk: false, text: versions };
    return;
  }
  const { fits, seen, advice } = judgeProfile(versions, upstream.profile);
  yield { step: 'versions', isOk: fits || canBeOfCloud(versions), text: seen };
  yield { step: 'profile', isOk: fits, text: advice };
}

function stepsTo(url: URL, route: CloudRoute, config: CheckedConfig): readonly (() => Promise<Finding>)[] {
  const { proxy, connectTimeoutMs } = route;
  const setting = proxy?.from ?? 'upstream.url';
  const target = { ...placeOf(proxy?.url ?? url), setting, timeoutMs: connectTimeoutMs };
  return [
    () => findAddresses(target, config),
    () => connectTcp(target),
    ...(url.protocol === 'https:' ? [() => speakTls(url, route)] : []),
  ];
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
    const code = codeOf(error);
    if (code === 'TimeoutError')
      return `no answer within ${route.connectTimeoutMs} ms: check that upstream.url is a compute API`;
    return `no answer (${code}): ${tlsMend(code) ?? 'check that upstream.url has the protocol of the port, http or https'}`;
  }
}

function placeOf(url: URL): { readonly host: string; readonly port: number } {
  const { hostname: host, port, protocol } = goalOf(url);
  return { host, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}

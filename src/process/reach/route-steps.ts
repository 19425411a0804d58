import { cloudProxy } from '../../config/services/cloud-proxy.ts';
import type { Environment } from '../../config/environment.ts';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { CheckedConfig } from '../../config/settings.ts';
import { cloudTls } from '../../config/tls-files.ts';
import { goalOf, type CloudRoute } from '../../http/cloud/connect/connector.ts';
import { connectTcp, findAddresses } from './connect-steps.ts';
import type { Finding } from './finding.ts';
import { speakTls } from './tls-step.ts';

const { reachStepMs } = fixedLimits;

/** Plan the connections to a service, with a wait for each step that an operator accepts. */
export function routeTo(service: CheckedConfig['upstream'], environment: Environment): CloudRoute {
  return {
    tls: cloudTls(service.tls),
    proxy: cloudProxy(service, environment),
    connectTimeoutMs: Math.min(service.connectTimeoutMs, reachStepMs),
  };
}

/**
 * Connect to a service: DNS, TCP, and TLS for https. With a proxy the first two are those of the proxy. A failure ends it.
 * @returns true if the service can be asked
 */
export async function* connectStepByStep(
  url: URL,
  route: CloudRoute,
  config: CheckedConfig,
): AsyncGenerator<Finding, boolean> {
  const { proxy, connectTimeoutMs } = route;
  const target = { ...placeOf(proxy?.url ?? url), setting: proxy?.from ?? 'upstream.url', timeoutMs: connectTimeoutMs };
  const steps: readonly (() => Promise<Finding>)[] = [
    () => findAddresses(target, config),
    () => connectTcp(target),
    ...(url.protocol === 'https:' ? [() => speakTls(url, route)] : []),
  ];
  for (const step of steps) {
    const finding = await step();
    yield finding;
    if (!finding.isOk) return false;
  }
  return true;
}

function placeOf(url: URL): { readonly host: string; readonly port: number } {
  const { hostname: host, port, protocol } = goalOf(url);
  return { host, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}

import type { Environment } from '../../config/environment.ts';
import { regionalConfigs, withRegionalNames } from '../../config/services/regional-configs.ts';
import type { CheckedConfig } from '../../config/settings.ts';
import { reachCloud } from './cloud-steps.ts';
import type { Finding } from './finding.ts';
import { reachIdentity } from './identity-steps.ts';

/**
 * Reach the cloud of a configuration, those of its further regions, then its identity service if there is one, step by step,
 * without a token and in bounded time. A failure ends the steps of its service, because no later one of them can do better.
 */
export async function* reachServices(config: CheckedConfig, environment: Environment): AsyncGenerator<Finding> {
  yield* reachCloud(config, environment);
  yield* reachRegions(config, environment);
  yield* reachIdentity(config, environment);
}

/** Reach the cloud of each further region. The findings have its name, and the names of its settings. */
async function* reachRegions(config: CheckedConfig, environment: Environment): AsyncGenerator<Finding> {
  for (const [region, own] of regionalConfigs(config)) {
    for await (const finding of reachCloud(own, environment))
      yield { ...finding, region, text: withRegionalNames(finding.text, region) };
  }
}

import type { Environment } from '../../config/environment.ts';
import type { CheckedConfig } from '../../config/settings.ts';
import { reachCloud } from './cloud-steps.ts';
import type { Finding } from './finding.ts';
import { reachIdentity } from './identity-steps.ts';

/**
 * Reach the cloud of a configuration, then its identity service if there is one, step by step, without a token and in bounded
 * time. A failure ends the steps of its service, because no later one of them can do better.
 */
export async function* reachServices(config: CheckedConfig, environment: Environment): AsyncGenerator<Finding> {
  yield* reachCloud(config, environment);
  yield* reachIdentity(config, environment);
}

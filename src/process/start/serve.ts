import { ignoredVariables } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import type { Config } from '../../config/settings.ts';
import { createLog } from '../../observe/log.ts';
import { logNotices } from '../notices.ts';
import { packageVersion } from '../package-version.ts';

// Each mode loads its own modules, because a primary does not need those for translation.

/** Serve callers with the settings of the environment, in one process or several. @throws {ConfigError} and the errors of startGateway */
export async function serve(): Promise<void> {
  const config = loadConfig(process.env);
  return config.workers === 1 ? runAlone(config) : runWithWorkers(config);
}

/** Serve as a worker that a primary has started. */
export async function serveAsWorker(): Promise<void> {
  const { runWorker } = await import('../workers/worker.ts');
  await runWorker(packageVersion());
}

async function runAlone(config: Config): Promise<void> {
  const { runSingle } = await import('../single.ts');
  await runSingle(config, startLog(config), packageVersion());
}

async function runWithWorkers(config: Config): Promise<void> {
  const { runPrimary } = await import('../workers/primary.ts');
  await runPrimary(config, startLog(config));
}

function startLog(config: Config): ReturnType<typeof createLog> {
  const log = createLog(config.log);
  logNotices(config, process.env, log);
  for (const { event, names } of ignoredVariables(process.env)) log.warn(event, { names });
  return log;
}

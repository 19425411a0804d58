import { proxyNotice } from '../config/cloud-proxy.ts';
import { settingsWarnings } from '../config/contradictions.ts';
import type { Environment } from '../config/environment.ts';
import type { Config } from '../config/settings.ts';
import type { Log } from '../observe/log.ts';

/** Log what an operator should know of a configuration that is about to be used: its proxy, and settings that hardly fit together. */
export function logNotices(config: Config, environment: Environment, log: Log): void {
  const notice = proxyNotice(config.upstream, environment);
  if (notice !== undefined) log[notice.isWarning ? 'warn' : 'info'](notice.event, notice.fields);
  for (const { event, sentence } of settingsWarnings(config, environment)) log.warn(event, { why: sentence });
}

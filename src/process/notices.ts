import { proxyNotice } from '../config/services/cloud-proxy.ts';
import { settingsWarnings } from '../config/contradictions.ts';
import { withGivenNames, type Environment } from '../config/environment.ts';
import type { AllResources } from '../server/resources/resources.ts';
import type { Config } from '../config/settings.ts';
import { expiryOf } from '../config/tls-files.ts';
import type { Log } from '../observe/log.ts';

/** Log what an operator should know of a configuration that is about to be used: its proxy, and settings that hardly fit together. */
export function logNotices(config: Config, environment: Environment, log: Log): void {
  const notice = proxyNotice(config.upstream, environment);
  if (notice !== undefined) log[notice.isWarning ? 'warn' : 'info'](notice.event, notice.fields);
  for (const { event, sentence } of settingsWarnings(config, environment)) log.warn(event, { why: sentence });
}

/** The days before the expiry of a certificate in which `--check` advises to renew it. */
const soonDays = 14;
const daySeconds = 86_400;

/** Describe the certificates that have expired or expire soon. They are no mistakes: a gateway starts with them. */
export function expiryWarnings({ callerTls, cloudTls, admin }: AllResources, environment: Environment): string[] {
  const now = Date.now() / 1000;
  const certificates = {
    'tls.certFile': callerTls,
    'upstream.tls.certFile': cloudTls,
    'admin.tls.certFile': admin.tls,
  };
  return Object.entries(certificates).flatMap(([setting, tls]) => {
    if (tls?.cert === undefined) return [];
    const expiry = expiryOf(tls.cert);
    const days = Math.floor((expiry - now) / daySeconds);
    if (days >= soonDays) return [];
    const day = new Date(expiry * 1000).toISOString().slice(0, 10);
    const state = expiry < now ? `has expired on ${day}` : `expires on ${day} (${days} days left)`;
    return [
      withGivenNames(`${setting}: the certificate, or one of its chain, ${state}: have it renewed.`, environment),
    ];
  });
}

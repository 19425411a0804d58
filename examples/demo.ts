import { loadConfig } from '../src/config/load.ts';
import { ConfigError } from '../src/config/mistakes.ts';
import { createLog } from '../src/observe/log.ts';
import { startGateway } from '../src/server/gateway.ts';
import { makeConsoleToken } from './demo/console-token.ts';
import { demoIntroduction } from './demo/introduction.ts';
import { openDemoLedger } from './demo/month/demo-ledger.ts';
import { printReceived } from './demo/received.ts';
import { startEmbeddedCloud } from './embedded-cloud/embedded-cloud.ts';

/** `npm run demo`: runs the gateway in front of an embedded cloud, without any configuration. */

/** Only warnings are logged, so that the terminal shows what the cloud receives; the environment overrides this. */
const defaults = {
  GATEWAY_LOG_FORMAT: 'text',
  GATEWAY_LOG_LEVEL: 'warn',
  GATEWAY_SHUTDOWN_NOTICE_MS: '0',
  GATEWAY_CONSOLE_EXCHANGES: '200',
};
const rebuildSeconds = 3;

try {
  await demo();
} catch (error) {
  const isPortInUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (!(error instanceof ConfigError) && !isPortInUse) throw error;
  console.error(
    isPortInUse ? `${error.message}. Set GATEWAY_PORT and GATEWAY_ADMIN_PORT to free ports.` : error.message,
  );
  process.exitCode = 2;
}

async function demo(): Promise<void> {
  // An empty variable counts as not set, as in the gateway's own settings.
  const profile = process.env['GATEWAY_UPSTREAM_PROFILE'] || 'ecs';
  const kind = profile === 'nova' ? 'nova' : 'ecs';
  const consoleToken = makeConsoleToken(process.env['GATEWAY_ADMIN_TOKEN_FILE'] ?? '');
  const cloud = await startEmbeddedCloud({
    kind,
    requiresLogin: true,
    rebuildMs: rebuildSeconds * 1000,
    onRequest: printReceived,
  });
  try {
    const config = loadConfig({
      ...defaults,
      ...process.env,
      GATEWAY_ADMIN_TOKEN_FILE: consoleToken.file,
      GATEWAY_UPSTREAM_PROFILE: profile,
      GATEWAY_UPSTREAM_URL: cloud.url,
      GATEWAY_IDENTITY_URL: cloud.identityUrl,
      GATEWAY_IDENTITY_USER_DOMAIN: `name:${cloud.identity.domain}`,
    });
    const log = createLog(config.log);
    const { ledger, isSimulated } = await openDemoLedger(config, log);
    const gateway = await startGateway(config, log, 'demo', { ledger }).catch(async (error: unknown) => {
      await ledger?.close(0);
      throw error;
    });
    const url = `${gateway.adminUrl}/console${consoleToken.fragment}`;
    console.log(demoIntroduction({ gateway, cloud, kind, rebuildSeconds }, { url, isSimulated }));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        console.log('\nStopping.');
        void gateway.drain().then(() => Promise.all([cloud.close(), log.close()]));
      });
    }
  } catch (error) {
    // Without this, the cloud's open socket would keep the process alive.
    await cloud.close();
    throw error;
  }
}

import { readFileSync } from 'node:fs';
import { ConfigError, fileVariable, loadConfig, namedSettings, unknownVariables } from './config/load.ts';
import { isListenError } from './server/listen.ts';
import { createLog } from './observe/log.ts';
import type { Config } from './config/settings.ts';
import { callerTls, cloudTls, TlsFileError } from './config/tls-files.ts';
import { workerFlag } from './process/workers/orders.ts';

// npm takes no package without a version.
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const flags: Readonly<Record<string, () => void | Promise<void>>> = {
  '--help': () => console.log(help()),
  '--version': () => console.log(version),
  '--check': () => {
    const { tls, upstream } = loadConfig(process.env);
    callerTls(tls);
    cloudTls(upstream.tls);
    console.log('The configuration is good.');
  },
};

try {
  const [flag] = process.argv.slice(2);
  if (flag === undefined) await run(loadConfig(process.env));
  else if (flag === workerFlag && process.send !== undefined) await runAsWorker(loadConfig(process.env));
  else if (!Object.hasOwn(flags, flag)) stop(`${flag} is no option; there are ${Object.keys(flags).join(', ')}.`);
  else await flags[flag]?.();
} catch (error) {
  if (error instanceof ConfigError || error instanceof TlsFileError) stop(error.message);
  else if (isListenError(error))
    stop(
      `Cannot listen on ${error.address}:${error.port}: ${error.code}. Set GATEWAY_HOST and GATEWAY_PORT, or the admin port's, to what is free.`,
    );
  else throw error;
}

/** The gateway as one process, or as a primary with its workers; only what the process needs is loaded. */
async function run(config: Config): Promise<void> {
  const log = createLog(config.log);
  const unknown = unknownVariables(process.env);
  if (unknown.length > 0) log.warn('unknown settings are ignored', { names: unknown });
  if (config.workers === 1) {
    const { runSingle } = await import('./process/single.ts');
    await runSingle(config, log, version);
  } else {
    const { runPrimary } = await import('./process/workers/primary.ts');
    await runPrimary(config, log);
  }
}

/** A worker, as its primary starts it. */
async function runAsWorker(config: Config): Promise<void> {
  const { runWorker } = await import('./process/workers/worker.ts');
  await runWorker(config, createLog(config.log), version);
}

function stop(message: string): void {
  console.error(message);
  process.exitCode = 2;
  // The channel to its primary would keep a worker.
  if (process.send !== undefined) process.exit();
}

function help(): string {
  const rows = namedSettings.map(({ environmentName, path, setting }) => {
    const fallback = setting.default === undefined ? 'must be set' : `default ${JSON.stringify(setting.default)}`;
    return `  ${environmentName} (${path.join('.')})\n      ${setting.about} ${setting.allowed}; ${fallback}`;
  });
  return [
    'Usage: npm start [-- --help | --version | --check]',
    '',
    'Lets legacy OpenStack Compute clients live on in front of modern clouds.',
    '',
    `Settings come from the JSON file that ${fileVariable} names and from the environment, which wins:`,
    ...rows,
  ].join('\n');
}

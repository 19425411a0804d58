import { readFileSync } from 'node:fs';
import { ConfigError, fileVariable, loadConfig, namedSettings, unknownVariables } from './config.ts';
import { startGateway } from './gateway.ts';
import { createLog } from './log.ts';
import type { Config } from './settings.ts';

// npm takes no package without a version.
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const flags: Readonly<Record<string, () => void | Promise<void>>> = {
  '--help': () => console.log(help()),
  '--version': () => console.log(version),
  '--check': () => {
    loadConfig(process.env);
    console.log('The configuration is good.');
  },
};

try {
  const [flag] = process.argv.slice(2);
  if (flag === undefined) await run(loadConfig(process.env));
  else if (!Object.hasOwn(flags, flag)) stop(`${flag} is no option; there are ${Object.keys(flags).join(', ')}.`);
  else await flags[flag]?.();
} catch (error) {
  if (error instanceof ConfigError) stop(error.message);
  else if (isListenError(error))
    stop(
      `Cannot listen on ${error.address}:${error.port}: ${error.code}. Set GATEWAY_HOST and GATEWAY_PORT, or the admin port's, to what is free.`,
    );
  else throw error;
}

async function run(config: Config): Promise<void> {
  const log = createLog(config.log);
  const unknown = unknownVariables(process.env);
  if (unknown.length > 0) log.warn('unknown settings are ignored', { names: unknown });
  const starting = startGateway(config, log);
  let isStopping = false;
  const end = async (): Promise<void> => {
    // Asked twice: at once.
    if (isStopping) process.exit(1);
    isStopping = true;
    const gateway = await starting;
    await gateway.drain();
    await log.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end());
  await starting;
}

function stop(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

function isListenError(error: unknown): error is NodeJS.ErrnoException & { address: string; port: number } {
  return error instanceof Error && 'syscall' in error && /^(?:listen|getaddrinfo)$/.test(String(error.syscall));
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

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError, fileVariable, loadConfig, namedSettings, unknownVariables } from './config.ts';
import { describeDefect } from './defect.ts';
import { startGateway } from './gateway.ts';
import { createLog } from './log.ts';
import type { Config } from './settings.ts';
import { callerTls, cloudTls, TlsFileError } from './tls.ts';

// npm takes no package without a version.
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The exit code after an error that nobody expected (sysexits: EX_SOFTWARE). */
const defectCode = 70;

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

async function run(config: Config): Promise<void> {
  const log = createLog(config.log);
  const unknown = unknownVariables(process.env);
  if (unknown.length > 0) log.warn('unknown settings are ignored', { names: unknown });
  const starting = startGateway(config, log, version);
  let exitCode: number | undefined;
  const end = async (code: number): Promise<void> => {
    const isEnding = exitCode !== undefined;
    exitCode = Math.max(exitCode ?? 0, code);
    if (isEnding) return;
    const gateway = await starting;
    await gateway.drain().catch(() => (exitCode = defectCode));
    await log.close();
    process.exit(exitCode);
  };
  let isAsked = false;
  const ask = (): void => {
    // Asked twice: at once.
    if (isAsked) process.exit(1);
    isAsked = true;
    void end(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, ask);
  process.on('SIGHUP', () => void starting.then((gateway) => gateway.reload()));
  await starting;
  // After an error that nobody expected nothing can be relied on: what runs is finished, and then it ends.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('unhandled error', { id: `err-${randomUUID()}`, event, ...describeDefect(error) });
      void end(defectCode);
    });
  }
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

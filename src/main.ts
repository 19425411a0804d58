import { withGivenNames } from './config/environment.ts';
import { ConfigError } from './config/mistakes.ts';
import { ProxyVariableError } from './config/services/cloud-proxy.ts';
import { TokenFileError } from './config/reload/token-file.ts';
import { TlsFileError } from './config/tls-files.ts';
import { OptionError, readOptions } from './process/options.ts';
import { packageVersion } from './process/package-version.ts';
import { workerOption } from './process/workers/messages.ts';
import { ListenError } from './server/ports/listen.ts';

/** The exit code for a command line, settings, files or ports that cannot be used. */
const usageCode = 2;

try {
  await main(process.argv.slice(2));
} catch (error) {
  const message = operatorMessage(error);
  if (message === undefined) throw error;
  console.error(message);
  process.exitCode = usageCode;
  // The open channel to its primary would keep a worker alive.
  if (process.send !== undefined) process.exit();
}

// Serving loads no command, and a command loads no server.

async function main(args: readonly string[]): Promise<void> {
  // Only a process that a primary has started may be a worker.
  if (process.send !== undefined && args.includes(`--${workerOption}`)) {
    const { serveAsWorker } = await import('./process/start/serve.ts');
    return serveAsWorker();
  }
  const [word = '', ...rest] = args;
  if (word === 'serve') return withOptions(rest);
  if (!isCommand(word) && !isWholeHelp(args)) return withOptions(args);
  const { runCommands } = await import('./cli/program/run-commands.ts');
  process.exitCode = await runCommands(args);
}

/** Serve, or do what an option says instead. */
async function withOptions(args: readonly string[]): Promise<void> {
  const { help, version, check, reach, health } = readOptions(args);
  if (help) return printHelp();
  if (version) return console.log(packageVersion());
  if (health) return checkHealth();
  if (check) return checkSettings(reach);
  const { serve } = await import('./process/start/serve.ts');
  return serve();
}

/** Check that the first argument has the form of a command, and not that of an option or of a file. */
function isCommand(word: string): boolean {
  return /^[a-z][a-z-]*$/i.test(word);
}

/** Check for a command line that asks for the help of the whole program, which has no settings. */
function isWholeHelp(args: readonly string[]): boolean {
  return args.length === 1 && (args[0] === '--help' || args[0] === '-h');
}

async function printHelp(): Promise<void> {
  const { serveHelp } = await import('./cli/gateway/serve.ts');
  console.log(serveHelp());
}

async function checkSettings(isReaching: boolean): Promise<void> {
  const { checkConfig } = await import('./cli/gateway/check-config.ts');
  process.exitCode = await checkConfig(isReaching);
}

/** Ask the gateway that runs with these settings whether it serves; the exit code is what health checks of containers take. */
async function checkHealth(): Promise<void> {
  const { askHealth } = await import('./process/health.ts');
  const { loadGroup } = await import('./config/load.ts');
  const reason = await askHealth(loadGroup(process.env, 'admin'));
  console.log(reason ?? 'ok');
  if (reason !== undefined) process.exitCode = 1;
}

/** Explain an error that the operator can correct; undefined for a defect. */
function operatorMessage(error: unknown): string | undefined {
  if (error instanceof TlsFileError || error instanceof TokenFileError)
    return withGivenNames(error.message, process.env);
  const explained = [ConfigError, ProxyVariableError, OptionError, ListenError];
  return error instanceof Error && explained.some((kind) => error instanceof kind) ? error.message : undefined;
}

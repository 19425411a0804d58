import { readFileSync } from 'node:fs';
import { proxyNotice, ProxyVariableError } from './config/services/cloud-proxy.ts';
import { settingsHelp } from './config/help.ts';
import { settingsWarnings } from './config/contradictions.ts';
import { ignoredVariables, withGivenNames } from './config/environment.ts';
import { loadAdmin, loadConfig, loadForCheck } from './config/load.ts';
import { ConfigError } from './config/mistakes.ts';
import type { CheckedConfig, Config } from './config/settings.ts';
import { readAllResources } from './config/reload/resources.ts';
import { TlsFileError } from './config/tls-files.ts';
import { TokenFileError } from './config/reload/token-file.ts';
import { createLog } from './observe/log.ts';
import { askHealth } from './process/health.ts';
import { expiryWarnings, logNotices } from './process/notices.ts';
import { OptionError, readOptions } from './process/options.ts';
import { workerOption } from './process/workers/messages.ts';
import { ListenError } from './server/ports/listen.ts';

/** The exit code for a command line, settings, files or ports that cannot be used. */
const usageCode = 2;

try {
  await main();
} catch (error) {
  const message = operatorMessage(error);
  if (message === undefined) throw error;
  console.error(message);
  process.exitCode = usageCode;
  // The open channel to its primary would keep a worker alive.
  if (process.send !== undefined) process.exit();
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  // Only a process that a primary has started may be a worker.
  const isWorker = process.send !== undefined && args.includes(`--${workerOption}`);
  const { help, version, check, reach, health } = readOptions(isWorker ? [] : args);
  if (help) return console.log(usage());
  if (version) return console.log(packageVersion());
  if (health) return checkHealth();
  if (check) return checkConfig(reach);
  if (isWorker) return runAsWorker();
  const config = loadConfig(process.env);
  return config.workers === 1 ? runAlone(config) : runWithWorkers(config);
}

function usage(): string {
  return `Usage: npm start [-- OPTION]

Lets legacy OpenStack Compute clients work with modern clouds.

Options:
  -h, --help     Print this help.
  --check        Check the settings and the files that they name; 2 is the exit
                 code if there are mistakes. A profile that is not set is a
                 warning here, and a mistake in a start.
  --reach        With --check: ask the cloud, too, without a token. One line for
                 each step (DNS, TCP, TLS, its versions, the profile; then those
                 of the identity service, if there is one, without a login); 2
                 is the exit code if one failed.
  --health       Ask the admin port of a gateway that runs with these settings
                 whether it serves; 1 is the exit code if it does not.
  -v, --version  Print the version.

${settingsHelp()}`;
}

/**
 * Check the settings and that the files they name can be used, and warn of unknown variables, of settings without an effect,
 * of certificates that expire, and of what a start still needs.
 * @param isReaching ask the cloud, too
 * @throws {ConfigError | TlsFileError | TokenFileError | ProxyVariableError} as a start would
 */
async function checkConfig(isReaching: boolean): Promise<void> {
  const { config, open } = loadForCheck(process.env);
  const resources = readAllResources(config, process.env);
  const notice = proxyNotice(config.upstream, process.env);
  for (const sentence of open) console.warn(`A start needs one more setting: ${sentence}`);
  if (notice?.isWarning === true) console.warn(withGivenNames(`upstream.proxy: ${notice.event}.`, process.env));
  for (const { sentence } of settingsWarnings(config, process.env)) console.warn(sentence);
  for (const sentence of expiryWarnings(resources, process.env)) console.warn(sentence);
  for (const { sentence } of ignoredVariables(process.env)) console.warn(sentence);
  console.log(`The configuration is good${open.length === 0 ? '' : ' so far'}.`);
  if (isReaching) await checkReach(config);
}

/** Ask the cloud of each region and the identity service, and print what each step found. */
async function checkReach(config: CheckedConfig): Promise<void> {
  const { reachServices } = await import('./process/reach/reach.ts');
  for await (const { step, isOk, text, region } of reachServices(config, process.env)) {
    const of = region === undefined ? '' : `${region}: `;
    console.log(`${isOk ? 'ok    ' : 'failed'}  ${step.padEnd(8)}  ${of}${withGivenNames(text, process.env)}.`);
    if (!isOk) process.exitCode = usageCode;
  }
}

/** Ask the gateway that runs with these settings whether it serves; the exit code is what health checks of containers take. */
async function checkHealth(): Promise<void> {
  const reason = await askHealth(loadAdmin(process.env));
  console.log(reason ?? 'ok');
  if (reason !== undefined) process.exitCode = 1;
}

// Each mode loads its own modules, because a primary does not need those for translation.

async function runAlone(config: Config): Promise<void> {
  const { runSingle } = await import('./process/single.ts');
  await runSingle(config, startLog(config), packageVersion());
}

async function runWithWorkers(config: Config): Promise<void> {
  const { runPrimary } = await import('./process/workers/primary.ts');
  await runPrimary(config, startLog(config));
}

async function runAsWorker(): Promise<void> {
  const { runWorker } = await import('./process/workers/worker.ts');
  await runWorker(packageVersion());
}

function startLog(config: Config): ReturnType<typeof createLog> {
  const log = createLog(config.log);
  logNotices(config, process.env, log);
  for (const { event, names } of ignoredVariables(process.env)) log.warn(event, { names });
  return log;
}

function packageVersion(): string {
  // npm requires a version in package.json.
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}

/** Explain an error that the operator can correct; undefined for a defect. */
function operatorMessage(error: unknown): string | undefined {
  if (error instanceof TlsFileError || error instanceof TokenFileError)
    return withGivenNames(error.message, process.env);
  const explained = [ConfigError, ProxyVariableError, OptionError, ListenError];
  return error instanceof Error && explained.some((kind) => error instanceof kind) ? error.message : undefined;
}

import { settingsWarnings } from '../../config/contradictions.ts';
import { ignoredVariables, withGivenNames, type Environment } from '../../config/environment.ts';
import { loadForCheck } from '../../config/load.ts';
import { ConfigError } from '../../config/mistakes.ts';
import { readAllResources } from '../../server/resources/resources.ts';
import { TokenFileError } from '../../config/reload/token-file.ts';
import { proxyNotice, ProxyVariableError } from '../../config/services/cloud-proxy.ts';
import type { CheckedConfig } from '../../config/settings.ts';
import { TlsFileError } from '../../config/tls-files.ts';
import { ledgerWarnings } from '../../process/ledger/start-ledger.ts';
import { expiryWarnings } from '../../process/notices.ts';
import type { Finding } from '../../process/reach/finding.ts';

/** The exit code if a step on the way to the cloud failed: the settings cannot be used. */
const failedCode = 2;

/** A configuration without mistakes. */
interface CheckedSettings {
  readonly config: CheckedConfig;
  /** The settings that a start still needs, each in a sentence. */
  readonly missing: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Check the settings and that the files they name can be used, and warn of unknown variables, of settings without an effect,
 * of certificates that expire, and of what a start still needs. The exit code is 2 if a step of `--reach` failed.
 * @param isReaching ask the cloud, too
 * @throws {ConfigError | TlsFileError | TokenFileError | ProxyVariableError} as a start would
 */
export async function checkConfig(isReaching: boolean): Promise<number> {
  const { config, missing, warnings } = await checkedSettings(process.env);
  for (const sentence of missing) console.warn(`A start needs one more setting: ${sentence}`);
  for (const sentence of warnings) console.warn(sentence);
  console.log(`The configuration is good${missing.length === 0 ? '' : ' so far'}.`);
  let code = 0;
  if (isReaching)
    for await (const { step, isOk, text, region } of findings(config, process.env)) {
      const of = region === undefined ? '' : `${region}: `;
      console.log(`${isOk ? 'ok    ' : 'failed'}  ${step.padEnd(8)}  ${of}${text}.`);
      if (!isOk) code = failedCode;
    }
  return code;
}

/** The result of a check as data. */
interface CheckData {
  readonly isOk: boolean;
  /** The mistakes, for each of which a start would fail. */
  readonly mistakes: readonly string[];
  readonly missing: readonly string[];
  readonly warnings: readonly string[];
  readonly reach?: readonly Finding[];
}

/** Do the same, and describe the result as data; mistakes are part of it. */
export async function checkAsData(
  isReaching: boolean,
  environment: Environment,
): Promise<{ readonly code: number; readonly data: CheckData }> {
  const result = await checkedData(isReaching, environment).catch((error: unknown): CheckData => {
    const mistakes = mistakesOf(error, environment);
    if (mistakes === undefined) throw error;
    return { isOk: false, mistakes, missing: [], warnings: [] };
  });
  return { code: result.isOk ? 0 : failedCode, data: result };
}

async function checkedData(isReaching: boolean, environment: Environment): Promise<CheckData> {
  const { config, missing, warnings } = await checkedSettings(environment);
  if (!isReaching) return { isOk: true, mistakes: [], missing, warnings };
  const reach: Finding[] = [];
  for await (const finding of findings(config, environment)) reach.push(finding);
  return { isOk: reach.every((finding) => finding.isOk), mistakes: [], missing, warnings, reach };
}

/** List the mistakes that an error names; undefined for a defect. */
function mistakesOf(error: unknown, environment: Environment): readonly string[] | undefined {
  if (error instanceof ConfigError) return error.mistakes;
  if (error instanceof ProxyVariableError) return [error.message];
  const isFile = error instanceof TlsFileError || error instanceof TokenFileError;
  return isFile ? [withGivenNames(error.message, environment)] : undefined;
}

/** Read the settings and the files that they name. @throws {ConfigError | TlsFileError | TokenFileError | ProxyVariableError} */
async function checkedSettings(environment: Environment): Promise<CheckedSettings> {
  const { config, open } = loadForCheck(environment);
  const resources = readAllResources(config, environment);
  const notice = proxyNotice(config.upstream, environment);
  const warnings = [
    ...(notice?.isWarning === true ? [withGivenNames(`upstream.proxy: ${notice.event}.`, environment)] : []),
    ...settingsWarnings(config, environment).map(({ sentence }) => sentence),
    ...expiryWarnings(resources, environment),
    ...ignoredVariables(environment).map(({ sentence }) => sentence),
    ...(await ledgerWarnings(config, environment)),
  ];
  return { config, missing: open, warnings };
}

/** Ask the cloud of each region and the identity service, with the names of settings that the operator knows. */
async function* findings(config: CheckedConfig, environment: Environment): AsyncGenerator<Finding> {
  const { reachServices } = await import('../../process/reach/reach.ts');
  for await (const finding of reachServices(config, environment))
    yield { ...finding, text: withGivenNames(finding.text, environment) };
}

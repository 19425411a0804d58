import { cloudProxy, ProxyVariableError, type CloudProxy } from '../../config/services/cloud-proxy.ts';
import { identityUpstream } from '../../config/services/identity-upstream.ts';
import { givenName, withGivenNames, type Environment } from '../../config/environment.ts';
import { namedSettings } from '../../config/named-settings.ts';
import { regionalConfigs } from '../../config/services/regional-configs.ts';
import { ConfigError } from '../../config/mistakes.ts';
import { show } from '../../config/settings/shown-value.ts';
import { readRetirementFile, RetirementFileError } from '../../retirement/read/read-file.ts';
import type { RetirementFile } from '../../retirement/retirement-file.ts';
import type { CheckedConfig } from '../../config/settings.ts';
import {
  adminTls,
  callerTls,
  cloudTls,
  TlsFileError,
  type AdminTls,
  type CallerTls,
  type CloudTls,
} from '../../config/tls-files.ts';
import { readToken, TokenFileError, type TokenCheck } from '../../config/reload/token-file.ts';

/** The files and the proxy by which a cloud is reached. */
export interface CloudAccess {
  readonly tls: CloudTls;
  readonly proxy: CloudProxy | undefined;
}

/** The files that a configuration names, and the proxy that the environment may name for it. */
export interface Resources {
  /** Undefined if the port for callers speaks plain HTTP. */
  readonly callerTls: CallerTls | undefined;
  readonly cloudTls: CloudTls;
  readonly proxy: CloudProxy | undefined;
  /** Those of the identity service; without one they are not used. */
  readonly identityTls: CloudTls;
  readonly identityProxy: CloudProxy | undefined;
  /** Those of the further regions, by name. */
  readonly regions: ReadonlyMap<string, CloudAccess>;
  /** The retirement file; undefined without one. */
  readonly retirement: RetirementFile | undefined;
}

/** The files of the admin port. */
export interface AdminFiles {
  /** Undefined if the port speaks plain HTTP. */
  readonly tls: AdminTls | undefined;
  /** Undefined if there is no token. */
  readonly token: TokenCheck | undefined;
}

/** All that a configuration names: beside {@link Resources}, which workers need, the files of the admin port. */
export interface AllResources extends Resources {
  readonly admin: AdminFiles;
}

/** The TLS options in the place of those of an identity service that there is not. */
const noService: CloudTls = { minVersion: 'TLSv1.2', rejectUnauthorized: true };

/**
 * Read what the port for callers and the connections to the cloud need.
 * @throws {TlsFileError | ProxyVariableError} if one of it cannot be used
 * @throws {ConfigError} if several cannot be used, or the retirement file, with every mistake
 */
export function readResources(config: CheckedConfig, environment: Environment): Resources {
  return readTogether(environment, (attempt) => resourcesOf(config, environment, attempt));
}

/** Read all that a configuration names. @throws as {@link readResources}, and {TokenFileError} */
export function readAllResources(config: CheckedConfig, environment: Environment): AllResources {
  return readTogether(environment, (attempt) => ({
    ...resourcesOf(config, environment, attempt),
    admin: adminFilesOf(config, attempt),
  }));
}

/** Read the files of the admin port. @throws {TlsFileError | TokenFileError} if one cannot be used, {ConfigError} if several */
export function readAdminFiles(config: CheckedConfig, environment: Environment): AdminFiles {
  return readTogether(environment, (attempt) => adminFilesOf(config, attempt));
}

/** Read one thing. What it returns is not used if any attempt fails. */
type Attempt = <T>(read: () => T) => T;

function resourcesOf(config: CheckedConfig, environment: Environment, attempt: Attempt): Resources {
  const service = identityUpstream(config);
  return {
    callerTls: attempt(() => callerTls(config.tls)),
    cloudTls: attempt(() => cloudTls(config.upstream.tls)),
    proxy: attempt(() => cloudProxy(config.upstream, environment)),
    identityTls: service === undefined ? noService : attempt(() => cloudTls(service.tls, 'identity.tls')),
    identityProxy: service === undefined ? undefined : attempt(() => cloudProxy(service, environment)),
    regions: new Map(
      [...regionalConfigs(config)].map(([name, { upstream }]) => [
        name,
        {
          tls: attempt(() => cloudTls(upstream.tls, `regions.${name}.tls`)),
          proxy: attempt(() => cloudProxy(upstream, environment)),
        },
      ]),
    ),
    retirement: config.retire === '' ? undefined : attempt(() => readRetirementFile(config.retire)),
  };
}

function adminFilesOf({ admin: { tls, tokenFile } }: CheckedConfig, attempt: Attempt): AdminFiles {
  return {
    tls: attempt(() => adminTls(tls)),
    token: tokenFile === '' ? undefined : attempt(() => readToken(tokenFile)),
  };
}

/** Read several things, and collect the mistakes of all. */
function readTogether<R>(environment: Environment, readAll: (attempt: Attempt) => R): R {
  const errors: unknown[] = [];
  const result = readAll(<T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      errors.push(error);
      // The function throws below, so that nobody reads this value.
      return undefined as T;
    }
  });
  const [first] = errors;
  if (errors.length > 1 || first instanceof RetirementFileError)
    throw new ConfigError(errors.flatMap((error) => mistakesIn(error, environment)));
  if (errors.length > 0) throw first;
  return result;
}

/** List the mistakes that an error tells the operator of, with the names of settings that the operator uses. @throws any other error */
export function mistakesIn(error: unknown, environment: Environment): readonly string[] {
  if (error instanceof ConfigError) return error.mistakes;
  if (error instanceof TlsFileError || error instanceof TokenFileError)
    return [withGivenNames(error.message, environment)];
  if (error instanceof ProxyVariableError) return [error.message];
  if (error instanceof RetirementFileError) return retirementMistakes(error, environment);
  throw error;
}

/** List the mistakes of a retirement file, each with the name of the setting and the file. */
function retirementMistakes({ path, mistakes }: RetirementFileError, environment: Environment): readonly string[] {
  const named = namedSettings.find((each) => each.path.join('.') === 'retire');
  const name = named === undefined ? 'retire' : givenName(named, environment);
  return mistakes.map((mistake) => `${name} is ${show(path)}; in that file: ${mistake}`);
}

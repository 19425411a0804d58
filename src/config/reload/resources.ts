import { cloudProxy, ProxyVariableError, type CloudProxy } from '../services/cloud-proxy.ts';
import { identityUpstream } from '../services/identity-upstream.ts';
import { withGivenNames, type Environment } from '../environment.ts';
import { regionalConfigs } from '../services/regional-configs.ts';
import { ConfigError } from '../mistakes.ts';
import type { CheckedConfig } from '../settings.ts';
import {
  adminTls,
  callerTls,
  cloudTls,
  TlsFileError,
  type AdminTls,
  type CallerTls,
  type CloudTls,
} from '../tls-files.ts';
import { readToken, TokenFileError, type TokenCheck } from './token-file.ts';

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
 * @throws {ConfigError} if several cannot be used, with every mistake
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
      // Nobody gets it: this function throws.
      return undefined as T;
    }
  });
  if (errors.length > 1) throw new ConfigError(errors.flatMap((error) => mistakesIn(error, environment)));
  if (errors.length > 0) throw errors[0];
  return result;
}

/** List the mistakes that an error tells the operator of, with the names of settings that the operator uses. @throws any other error */
export function mistakesIn(error: unknown, environment: Environment): readonly string[] {
  if (error instanceof ConfigError) return error.mistakes;
  if (error instanceof TlsFileError || error instanceof TokenFileError)
    return [withGivenNames(error.message, environment)];
  if (error instanceof ProxyVariableError) return [error.message];
  throw error;
}

import { cloudProxy, ProxyVariableError, type CloudProxy } from '../cloud-proxy.ts';
import { withGivenNames, type Environment } from '../environment.ts';
import { ConfigError } from '../mistakes.ts';

import type { CheckedConfig } from '../settings.ts';
import { callerTls, cloudTls, TlsFileError, type CallerTls, type CloudTls } from '../tls-files.ts';

/** The files that a configuration names, and the proxy that the environment may name for it. */
export interface Resources {
  /** Undefined if the port for callers speaks plain HTTP. */
  readonly callerTls: CallerTls | undefined;
  readonly cloudTls: CloudTls;
  readonly proxy: CloudProxy | undefined;
}

/**
 * Read what a configuration names.
 * @throws {TlsFileError | ProxyVariableError} if one of it cannot be used
 * @throws {ConfigError} if several cannot be used, with every mistake
 */
export function readResources(config: CheckedConfig, environment: Environment): Resources {
  const errors: unknown[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      errors.push(error);
      return undefined;
    }
  };
  const callers = attempt(() => callerTls(config.tls));
  const cloud = attempt(() => cloudTls(config.upstream.tls));
  const proxy = attempt(() => cloudProxy(config.upstream, environment));
  if (errors.length > 1) throw new ConfigError(errors.flatMap((error) => mistakesIn(error, environment)));
  if (errors.length > 0 || cloud === undefined) throw errors[0];
  return { callerTls: callers, cloudTls: cloud, proxy };
}

/** List the mistakes that an error tells the operator of, with the names of settings that the operator uses. @throws any other error */
export function mistakesIn(error: unknown, environment: Environment): readonly string[] {
  if (error instanceof ConfigError) return error.mistakes;
  if (error instanceof TlsFileError) return [withGivenNames(error.message, environment)];
  if (error instanceof ProxyVariableError) return [error.message];
  throw error;
}

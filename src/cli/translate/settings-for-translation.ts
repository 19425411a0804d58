import { variable, type Environment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { ConfigError } from '../../config/mistakes.ts';
import type { Config } from '../../config/settings.ts';
import { UsageError } from '../command.ts';

/** The cloud where no address is set: a translation sends nothing to it. */
const someCloud = { GATEWAY_UPSTREAM_URL: 'https://cloud.invalid' } as const;
/** The same of an identity service, and of the account that it may need. */
const someIdentity = { GATEWAY_IDENTITY_URL: 'https://identity.invalid' } as const;
const someAccount = { GATEWAY_IDENTITY_USER_DOMAIN: 'name:ACCOUNT' } as const;

/**
 * Load the settings of the environment for a translation, which needs the kind of cloud and no address.
 * @param profile the kind of cloud; undefined for that of the settings
 * @throws {ConfigError} for mistakes in the settings; {UsageError} without a kind of cloud
 */
export function configForTranslation(environment: Environment, profile: string | undefined): Config {
  const given = profile === undefined ? environment : { ...environment, GATEWAY_UPSTREAM_PROFILE: profile };
  // A file may have the address of the cloud; then a variable would replace it.
  const own = tried(given);
  const settings = own === undefined ? { ...given, ...someCloud } : given;
  const config = own ?? loaded(settings);
  if (config.identity.url !== '') return config;
  const isOfAccount =
    config.upstream.profile === 'ecs' && variable(given, 'GATEWAY_IDENTITY_USER_DOMAIN') === undefined;
  return tried({ ...settings, ...someIdentity, ...(isOfAccount ? someAccount : {}) }) ?? config;
}

/** Load settings; undefined if they have mistakes. */
function tried(environment: Environment): Config | undefined {
  try {
    return loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function loaded(environment: Environment): Config {
  try {
    return loadConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError) || !error.mistakes.every(isProfile)) throw error;
    throw new UsageError(
      'The kind of cloud is not known: add --profile nova or --profile ecs, or set GATEWAY_UPSTREAM_PROFILE.',
    );
  }
}

function isProfile(mistake: string): boolean {
  return mistake.startsWith('GATEWAY_UPSTREAM_PROFILE is not set');
}

import type { CatalogueSettings } from '../../../identity/answer/catalogue-settings.ts';
import type { V3Token } from '../../../identity/answer/v3-token.ts';
import type { IdentitySettings } from './context.ts';
import type { IdentityExchange } from './identity-exchange.ts';

/** Select the settings by which the catalogue of an answer leads to the gateway. */
export function catalogueSettings(
  { computeUrl, identityUrl }: IdentityExchange,
  { region, upstreamHost }: IdentitySettings,
): CatalogueSettings {
  return { computeUrl, identityUrl, region, upstreamHost };
}

/** Add the project of a new token to the log line, and its user if a setting says so. */
export function noteLogin(
  { exchange }: IdentityExchange,
  { project, user }: V3Token,
  { logsUsers }: IdentitySettings,
): void {
  if (project !== undefined) exchange.setProject(project.id);
  if (logsUsers) exchange.trace.user = user.name;
}

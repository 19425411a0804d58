import type { CatalogueSettings } from '../../../identity/answer/catalogue-settings.ts';
import type { V3Token } from '../../../identity/answer/v3-token.ts';
import { regionUrl } from '../../exchange/region.ts';
import type { IdentitySettings } from './context.ts';
import type { IdentityExchange } from './identity-exchange.ts';

/**
 * Select the settings by which the catalogue of an answer leads to the gateway. With several regions it has all of them; for a
 * caller that logs in at the address of a region, only that, because some clients refuse a catalogue with several.
 */
export function catalogueSettings(
  { exchange, gatewayUrl, computeUrl, identityUrl }: IdentityExchange,
  { region: home, regions, upstreamHost }: IdentitySettings,
): CatalogueSettings {
  const asked = exchange.region;
  if (asked !== undefined) return { computeUrl, identityUrl, region: asked.name, upstreamHost };
  const all = [...(regions?.values() ?? [])].map((region) => ({
    region: region.name,
    // Callers of the home region need no name in the path.
    computeUrl: region.name === home ? gatewayUrl : regionUrl(region, gatewayUrl),
  }));
  return { computeUrl, identityUrl, region: home, upstreamHost, regions: all };
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

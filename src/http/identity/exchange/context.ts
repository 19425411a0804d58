import type { Config } from '../../../config/settings.ts';
import { loginDomains } from '../../../identity/kinds/presets.ts';
import { legacyLimits } from '../../../identity/request/login-limits.ts';
import type { LoginDomains } from '../../../identity/request/login.ts';
import type { LoginRules } from '../../../identity/request/read-login.ts';
import type { Budget } from '../../exchange/budget.ts';
import type { Region } from '../../exchange/region.ts';
import type { Gate } from '../../exchange/fair-share/gate.ts';
import type { AskIdentity } from './identity-service.ts';
import type { BeginLogin } from './login-failures.ts';

/** The settings of the Identity API. */
export interface IdentitySettings {
  readonly domains: LoginDomains;
  readonly rules: LoginRules;
  readonly replyDefault: 'caller' | 'json';
  /** The gateway's URL for links; '' for the URL that the caller used. */
  readonly publicUrl: string;
  /** The same of its Identity API; '' for that of links. */
  readonly identityUrl: string;
  /** The port for callers, which replaces that of an identity port in the URL of compute. */
  readonly computePort: () => number;
  /** The region that the gateway serves; undefined to derive it from the catalogue. */
  readonly region: string | undefined;
  /** All regions of a gateway that has several, by name; undefined for one. */
  readonly regions: ReadonlyMap<string, Region> | undefined;
  /** The host of the compute API behind the gateway. */
  readonly upstreamHost: string;
  readonly maxNotes: number;
  /** Write the names of users into the log line. */
  readonly logsUsers: boolean;
}

/** Everything that the calls of the Identity API use. */
export interface IdentityContext {
  readonly ask: AskIdentity;
  readonly beginLogin: BeginLogin;
  readonly gate: Gate;
  /** The memory of request bodies. */
  readonly requests: Budget;
  readonly settings: IdentitySettings;
}

/** Select the settings of the Identity API. @param own the port for callers, and the regions by name */
export function identityApiSettings(
  { identity, upstream, reply, public: gateway, notes }: Config,
  { computePort, regions }: Pick<IdentitySettings, 'computePort' | 'regions'>,
): IdentitySettings {
  return {
    domains: loginDomains(upstream.profile, identity),
    rules: { apiKeys: identity.apiKeys, limits: { ...legacyLimits, token: identity.maxTokenBytes } },
    replyDefault: reply.default,
    publicUrl: gateway.url,
    identityUrl: identity.publicUrl,
    computePort,
    region: identity.region === '' ? undefined : identity.region,
    regions,
    upstreamHost: new URL(upstream.url).host,
    maxNotes: notes.max,
    logsUsers: identity.logUsers === 'on',
  };
}

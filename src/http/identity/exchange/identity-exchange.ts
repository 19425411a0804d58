import type { FoundRoute } from '../../../identity/routes.ts';
import type { IdentityFormat } from '../../../identity/write/identity-format.ts';
import type { Exchange } from '../../exchange/exchange.ts';

/** An exchange of the Identity API: its route, the format of its answer, and the URLs by which the caller reaches the gateway. */
export interface IdentityExchange {
  readonly exchange: Exchange;
  readonly found: FoundRoute;
  readonly format: IdentityFormat;
  /** The URL of the gateway's compute API without version and project, of the region that the caller logs in at. */
  readonly computeUrl: string;
  /** The same without a region. */
  readonly gatewayUrl: string;
  /** The URL of the gateway's Identity API without version. */
  readonly identityUrl: string;
}

/** Return a single header field of the request; undefined for none. */
export function fieldOf({ exchange }: IdentityExchange, name: string): string | undefined {
  const value = exchange.request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

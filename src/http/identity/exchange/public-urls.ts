import { gatewayUrl as urlOfGateway } from '../../answer/public-url.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { regionUrl } from '../../exchange/region.ts';
import type { IdentitySettings } from './context.ts';

/** The URLs by which a caller reaches the two APIs of the gateway. */
export interface OwnUrls {
  /** The URL of compute without a region. */
  readonly gatewayUrl: string;
  readonly computeUrl: string;
  readonly identityUrl: string;
}

/**
 * Find the URLs by the settings, else by the address that the caller used. At an identity port that is the address of the
 * Identity API; compute has the port for callers there. A port that a balancer has in front of both is left as it is.
 * A caller that logs in at the address of a region stays in it.
 */
export function ownUrls(
  exchange: Exchange,
  settings: Pick<IdentitySettings, 'publicUrl' | 'identityUrl' | 'computePort'>,
): OwnUrls {
  const used = urlOfGateway(exchange, settings.publicUrl);
  const { localPort } = exchange.request.socket;
  const isReplaced = settings.publicUrl === '' && exchange.isAtIdentityPort;
  const gatewayUrl = isReplaced ? withPort(used, localPort, settings.computePort()) : used;
  return {
    gatewayUrl,
    computeUrl: regionUrl(exchange.region, gatewayUrl),
    identityUrl: regionUrl(exchange.region, settings.identityUrl === '' ? used : settings.identityUrl),
  };
}

/** Replace the port of a URL if it is the one given. */
function withPort(text: string, from: number | undefined, to: number): string {
  const url = new URL(text);
  if (url.port !== String(from)) return text;
  url.port = String(to);
  return url.href.replace(/\/$/, '');
}

/** A region behind the gateway, as callers reach it. */
export interface Region {
  readonly name: string;
  /** The URL of a host of its own; '' for the URL of the gateway with the name behind it. */
  readonly publicUrl: string;
}

/** Make the URL of a region from that of the gateway, which is the URL of requests without a region. */
export function regionUrl(region: Region | undefined, gatewayUrl: string): string {
  if (region === undefined) return gatewayUrl;
  return region.publicUrl === '' ? `${gatewayUrl}/${region.name}` : region.publicUrl;
}

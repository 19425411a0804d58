/** A region that the gateway serves, and the URL of the compute API for it: with the region's path or host, without version. */
export interface RegionUrl {
  readonly region: string;
  readonly computeUrl: string;
}

/** The settings by which the catalogue of an answer leads to the gateway. */
export interface CatalogueSettings {
  /** The URL of the gateway's compute API without version and project, such as `http://gateway.example.com:8774`. */
  readonly computeUrl: string;
  /** The URL of the gateway's Identity API without version. */
  readonly identityUrl: string;
  /** The region that the gateway serves; undefined to derive it. */
  readonly region: string | undefined;
  /** The host, with its port, of the compute API behind the gateway: the region with this host is the one served. */
  readonly upstreamHost: string | undefined;
  /** The regions of a gateway in front of several, instead of the one region; empty for a gateway in front of one. */
  readonly regions?: readonly RegionUrl[];
}

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
}

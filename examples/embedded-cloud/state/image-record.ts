/** An image as the cloud stores it. */
export interface ImageRecord {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly bytes: number;
  readonly minimumDisk: number;
  /** The server that a snapshot was made of. */
  readonly serverId: string | null;
  updated: string;
  metadata: Readonly<Record<string, string>>;
}

/** A key pair as the cloud stores it; the private key is handed out once and never stored. */
export interface KeyPairRecord {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly publicKey: string;
  readonly created: string;
}

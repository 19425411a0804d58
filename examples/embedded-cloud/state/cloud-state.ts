import type { CloudProfile } from './cloud-profiles.ts';
import type { ImageRecord } from './image-record.ts';
import type { KeyPairRecord } from './key-pair-record.ts';
import type { ServerRecord } from './server-record.ts';

/** The state of one embedded cloud. */
export interface CloudState {
  readonly profile: CloudProfile;
  readonly servers: Map<string, ServerRecord>;
  readonly images: Map<string, ImageRecord>;
  readonly keyPairs: Map<string, KeyPairRecord>;
  /** The duration of a build, rebuild or resize in milliseconds; everything else is done at once. */
  readonly rebuildMs: number;
  /** Returns the time in milliseconds since 1970. */
  readonly now: () => number;
}

/** Print a time as Nova does: without fractions of a second. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

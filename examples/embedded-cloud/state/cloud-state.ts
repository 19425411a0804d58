import type { CloudProfile } from './cloud-profiles.ts';
import type { ImageRecord } from './image-record.ts';
import type { KeyPairRecord } from './key-pair-record.ts';
import { PROJECT } from './seed-data.ts';
import type { ServerRecord } from './server-record.ts';

/** The state of one embedded cloud. */
export interface CloudState {
  readonly profile: CloudProfile;
  readonly servers: Map<string, ServerRecord>;
  readonly images: Map<string, ImageRecord>;
  readonly keyPairs: Map<string, KeyPairRecord>;
  /** Returns the URL of the identity service in a 401. */
  readonly identityApi: () => string;
  /** Finds the project of a token: null if it has none, undefined if the token is not valid. */
  readonly projectOf: (token: string) => string | null | undefined;
  /** The duration of a build, rebuild or resize in milliseconds; everything else is done at once. */
  readonly rebuildMs: number;
  /** Returns the time in milliseconds since 1970. */
  readonly now: () => number;
}

/** Return the cloud as a project sees it: every project but that of the seed is empty, and keeps nothing. */
export function projectOfCloud(cloud: CloudState, project: string | null): CloudState {
  return project === PROJECT ? cloud : { ...cloud, servers: new Map(), keyPairs: new Map() };
}

/** Print a time as Nova does: without fractions of a second. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

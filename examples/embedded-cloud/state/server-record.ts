/** A server as the cloud stores it; tests may set the writable members. */
export interface ServerRecord {
  readonly id: string;
  readonly address: string;
  readonly macAddress: string;
  readonly created: string;
  name: string;
  hostname: string;
  imageRef: string;
  metadata: Readonly<Record<string, string>>;
  accessIPv4: string;
  accessIPv6: string;
  diskConfig: 'AUTO' | 'MANUAL';
  description: string | null;
  keyName: string | null;
  userData: string | null;
  /** The administrator's password, which no answer shows; null for none that this cloud set. */
  adminPassword: string | null;
  certificates: readonly string[] | null;
  locked: boolean;
  /** When the record last changed, in milliseconds since 1970. */
  updated: number;
  /** The state before the last rebuild, or the current one if there was none. */
  vmState: VmState;
  /** The last rebuild, in progress until its `until`. */
  rebuild: Rebuild | null;
}

/** The states of a server between tasks. */
export type VmState = 'active' | 'error';

/** A rebuild that ends at `until` (milliseconds since 1970) in the state `ends`. */
export interface Rebuild {
  readonly until: number;
  readonly ends: VmState;
}

/** The visible state of a server at a given time. */
export interface ServerState {
  readonly status: 'ACTIVE' | 'ERROR' | 'REBUILD';
  readonly vmState: VmState;
  readonly taskState: 'rebuilding' | null;
  /** When the state last changed, in milliseconds since 1970. */
  readonly updated: number;
}

const STATUSES = { active: 'ACTIVE', error: 'ERROR' } as const;

/** Computes the state of a server at a given time; rebuilds end by the clock, so that no timer is needed. */
export function stateAt(server: ServerRecord, now: number): ServerState {
  const { rebuild, vmState, updated } = server;
  if (rebuild === null) return { status: STATUSES[vmState], vmState, taskState: null, updated };
  if (now < rebuild.until) return { status: 'REBUILD', vmState, taskState: 'rebuilding', updated };
  return { status: STATUSES[rebuild.ends], vmState: rebuild.ends, taskState: null, updated: rebuild.until };
}

/** A server as the cloud stores it; tests may set the writable members. */
export interface ServerRecord {
  readonly id: string;
  readonly address: string;
  readonly macAddress: string;
  readonly created: string;
  /** The volumes of the server; the first is its root disk if it has no image. */
  readonly volumes: readonly string[];
  /** True if the cloud withholds the user data from the project, as Nova does from everybody but administrators. */
  readonly hidesUserData: boolean;
  /** True if the cloud refuses each change of the server because there were too many. */
  readonly isThrottled: boolean;
  name: string;
  hostname: string;
  /** Empty if the server boots from a volume. */
  imageRef: string;
  flavorId: string;
  /** The flavor before a resize that is neither confirmed nor reverted. */
  oldFlavorId: string | null;
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
  /** The reason of the last failure, shown while the server is in ERROR. */
  fault: ServerFault | null;
  /** When the record last changed, in milliseconds since 1970. */
  updated: number;
  /** The state before the last task, or the current one if there was none. */
  vmState: VmState;
  /** The last task, in progress until its `until`. */
  task: ServerTask | null;
  /** The actions on the server, the last one first. */
  actions: readonly InstanceAction[];
}

/** An action that was done to a server. */
export interface InstanceAction {
  readonly action: string;
  readonly requestId: string;
  readonly started: number;
}

/** The reason of a failed task. */
export interface ServerFault {
  readonly code: number;
  readonly message: string;
}

/** The states of a server between tasks, and `building` before its first one ends. */
export type VmState =
  | 'active'
  | 'building'
  | 'error'
  | 'paused'
  | 'rescued'
  | 'resized'
  | 'shelved_offloaded'
  | 'stopped'
  | 'suspended';

/** The tasks that last a while. */
export type TaskName = 'spawning' | 'rebuilding' | 'resize_migrating' | 'resize_reverting';

/** A task that ends at `until` (milliseconds since 1970) in the state `ends`. */
export interface ServerTask {
  readonly name: TaskName;
  readonly until: number;
  readonly ends: VmState;
}

/** The visible state of a server at a given time. */
export interface ServerState {
  readonly status: string;
  readonly vmState: VmState;
  readonly taskState: TaskName | null;
  /** 1 running, 3 paused, 4 shut down, 0 unknown. */
  readonly powerState: number;
  /** When the state last changed, in milliseconds since 1970. */
  readonly updated: number;
}

interface Appearance {
  readonly status: string;
  readonly powerState: number;
}

const BETWEEN_TASKS: Readonly<Record<VmState, Appearance>> = {
  active: { status: 'ACTIVE', powerState: 1 },
  building: { status: 'BUILD', powerState: 0 },
  error: { status: 'ERROR', powerState: 1 },
  paused: { status: 'PAUSED', powerState: 3 },
  rescued: { status: 'RESCUE', powerState: 1 },
  resized: { status: 'VERIFY_RESIZE', powerState: 1 },
  shelved_offloaded: { status: 'SHELVED_OFFLOADED', powerState: 4 },
  stopped: { status: 'SHUTOFF', powerState: 4 },
  suspended: { status: 'SUSPENDED', powerState: 4 },
};

const DURING_TASKS: Readonly<Record<TaskName, string>> = {
  spawning: 'BUILD',
  rebuilding: 'REBUILD',
  resize_migrating: 'RESIZE',
  resize_reverting: 'REVERT_RESIZE',
};

/** Compute the state of a server at a given time; tasks end by the clock, so that no timer is needed. */
export function stateAt({ task, vmState, updated }: ServerRecord, now: number): ServerState {
  if (task === null) return { ...BETWEEN_TASKS[vmState], vmState, taskState: null, updated };
  if (now < task.until) {
    return { ...BETWEEN_TASKS[vmState], status: DURING_TASKS[task.name], vmState, taskState: task.name, updated };
  }
  return { ...BETWEEN_TASKS[task.ends], vmState: task.ends, taskState: null, updated: task.until };
}

/** Start a task that lasts `milliseconds`. */
export function startTask(
  server: ServerRecord,
  now: number,
  milliseconds: number,
  { name, ends }: Pick<ServerTask, 'name' | 'ends'>,
): void {
  server.vmState = stateAt(server, now).vmState;
  server.updated = now;
  server.task = { name, until: now + milliseconds, ends };
}

/** Move a server to another state at once. */
export function moveTo(server: ServerRecord, now: number, vmState: VmState): void {
  server.vmState = vmState;
  server.updated = now;
  server.task = null;
}

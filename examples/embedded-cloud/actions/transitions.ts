import { jsonAnswer } from '../http/answer.ts';
import { findServer } from '../servers/find-server.ts';
import { refuseBusyServer } from '../checks/refuse-busy-server.ts';
import { type ServerRecord, type VmState, moveTo, startTask } from '../state/server-record.ts';
import type { Action } from './parameters.ts';

/** An action without parameters that moves a server from some states to another. */
interface Transition {
  readonly name: string;
  /** The name in Nova's 409, where it differs. */
  readonly verb?: string;
  readonly from: readonly VmState[];
  readonly to: VmState;
  readonly status?: number;
  /** True if the move lasts as long as a rebuild. */
  readonly isSlow?: boolean;
  /** Changes the server beyond its state. */
  readonly change?: (server: ServerRecord) => void;
}

const SHELVABLE: readonly VmState[] = ['active', 'stopped', 'paused', 'suspended'];

const TABLE: readonly Transition[] = [
  { name: 'os-start', verb: 'start', from: ['stopped'], to: 'active' },
  { name: 'os-stop', verb: 'stop', from: ['active', 'error'], to: 'stopped' },
  { name: 'pause', from: ['active'], to: 'paused' },
  { name: 'unpause', from: ['paused'], to: 'active' },
  { name: 'suspend', from: ['active'], to: 'suspended' },
  { name: 'resume', from: ['suspended'], to: 'active' },
  { name: 'shelve', from: SHELVABLE, to: 'shelved_offloaded' },
  { name: 'unshelve', from: ['shelved_offloaded'], to: 'active' },
  { name: 'unrescue', from: ['rescued'], to: 'active' },
  // Nothing is deleted softly here, so that nothing can be restored.
  { name: 'restore', from: [], to: 'active' },
  {
    name: 'confirmResize',
    from: ['resized'],
    to: 'active',
    status: 204,
    change: (server) => {
      server.oldFlavorId = null;
    },
  },
  {
    name: 'revertResize',
    from: ['resized'],
    to: 'active',
    isSlow: true,
    change: (server) => {
      server.flavorId = server.oldFlavorId ?? server.flavorId;
      server.oldFlavorId = null;
    },
  },
];

/** The actions without parameters that change the state of a server, by their names. */
export const TRANSITIONS: readonly (readonly [string, Action])[] = TABLE.map((row) => [row.name, transition(row)]);

function transition({ name, verb = name, from, to, status = 202, isSlow, change }: Transition): Action {
  return (call) => {
    const { cloud } = call;
    const server = findServer(call);
    refuseBusyServer(cloud, server, verb, from);
    change?.(server);
    if (isSlow === true) startTask(server, cloud.now(), cloud.rebuildMs, { name: 'resize_reverting', ends: to });
    else moveTo(server, cloud.now(), to);
    return jsonAnswer(status);
  };
}

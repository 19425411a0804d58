import type { Links } from '../call/links.ts';
import type { CloudProfile } from '../state/cloud-profiles.ts';
import { isoSeconds } from '../state/cloud-state.ts';
import { HOST_ID, PROJECT, USER } from '../state/seed-data.ts';
import type { ServerRecord, ServerState } from '../state/server-record.ts';

/** The data that the members of a server in a response are made from. */
export interface ServerView {
  readonly server: ServerRecord;
  readonly state: ServerState;
  readonly profile: CloudProfile;
  readonly links: Links;
  readonly minor: number;
  /** A GET has all members, a list almost all; the responses to a rebuild and an update have fewer until 2.74. */
  readonly reply: ReplyKind;
  /** Present for a rebuild only. */
  readonly adminPass?: string;
}

type ReplyKind = 'show' | 'detail' | 'rebuild' | 'update';

/** A member and the first microversion 2.x that has it, by kind of response; undefined values are left out. */
export interface ServerMember {
  readonly name: string;
  readonly show: number;
  readonly detail: number;
  readonly rebuild: number;
  readonly update: number;
  readonly value: (view: ServerView) => unknown;
}

const NEVER = Number.POSITIVE_INFINITY;
/** From 2.75 on, the response to a rebuild has the members of a GET. */
const ALL_MEMBERS = 75;
const FLAVOR_EMBEDDED = 47;
const DELETION_SHOWN = 3;
const IN_PROGRESS: ReadonlySet<string> = new Set(['ACTIVE', 'BUILD', 'REBUILD', 'RESIZE', 'VERIFY_RESIZE']);

/** The members, in Nova's order. */
export const SERVER_MEMBERS: readonly ServerMember[] = [
  always('id', ({ server }) => server.id),
  always('name', ({ server }) => server.name),
  always('status', ({ state }) => state.status),
  always('tenant_id', () => PROJECT),
  always('user_id', () => USER),
  always('metadata', ({ server }) => server.metadata),
  always('hostId', (view) => (isBuilding(view) ? '' : HOST_ID)),
  always('image', ({ server, links }) => (server.imageRef === '' ? '' : reference(links, 'images', server.imageRef))),
  always('flavor', flavorOf),
  always('created', ({ server }) => server.created),
  always('updated', ({ state }) => isoSeconds(state.updated)),
  always('addresses', addressesOf),
  always('accessIPv4', ({ server }) => server.accessIPv4),
  always('accessIPv6', ({ server }) => server.accessIPv6),
  always('links', ({ server, links }) => links.both('servers', server.id)),
  always('OS-DCF:diskConfig', ({ server }) => server.diskConfig),
  always('fault', faultOf),
  always('progress', ({ state }) => (IN_PROGRESS.has(state.status) ? 0 : undefined)),
  since('OS-EXT-AZ:availability_zone', 1, ALL_MEMBERS, (view) => (isBuilding(view) ? '' : 'nova')),
  since('config_drive', 1, ALL_MEMBERS, () => ''),
  { ...since('key_name', 1, 54, ({ server }) => server.keyName), update: ALL_MEMBERS },
  since('OS-SRV-USG:launched_at', 1, ALL_MEMBERS, (view) =>
    isBuilding(view) ? null : view.server.created.replace('Z', '.000000'),
  ),
  since('OS-SRV-USG:terminated_at', 1, ALL_MEMBERS, () => null),
  since('security_groups', 1, ALL_MEMBERS, () => [{ name: 'default' }]),
  since('OS-EXT-SRV-ATTR:user_data', 3, NEVER, ({ server }) => (server.hidesUserData ? undefined : server.userData)),
  since('OS-EXT-STS:task_state', 1, ALL_MEMBERS, ({ state }) => state.taskState),
  since('OS-EXT-STS:vm_state', 1, ALL_MEMBERS, ({ state }) => state.vmState),
  since('OS-EXT-STS:power_state', 1, ALL_MEMBERS, ({ state }) => state.powerState),
  since('os-extended-volumes:volumes_attached', 1, ALL_MEMBERS, ({ server, minor }) =>
    server.volumes.map((id) => ({ id, ...(minor >= DELETION_SHOWN && { delete_on_termination: false }) })),
  ),
  since('locked', 9, 9, ({ server }) => server.locked),
  since('locked_reason', 73, 73, () => null),
  since('description', 19, 19, ({ server }) => server.description),
  since('tags', 26, 26, () => []),
  since('trusted_image_certificates', 63, 63, ({ server }) => server.certificates),
  since('OS-EXT-SRV-ATTR:hostname', 90, 90, ({ server }) => server.hostname),
  { ...since('server_groups', 71, 71, () => []), detail: NEVER },
  { ...since('adminPass', NEVER, 1, ({ adminPass }) => adminPass), update: NEVER },
  { ...since('user_data', NEVER, 57, ({ server }) => server.userData), update: NEVER },
];

function always(name: string, value: ServerMember['value']): ServerMember {
  return since(name, 1, 1, value);
}

function since(name: string, show: number, rebuild: number, value: ServerMember['value']): ServerMember {
  return { name, show, detail: show, rebuild, update: rebuild, value };
}

function isBuilding({ state }: ServerView): boolean {
  return state.vmState === 'building';
}

function reference(links: Links, collection: string, id: string): unknown {
  return { id, links: [{ rel: 'bookmark', href: links.bookmark(collection, id) }] };
}

function flavorOf({ server, profile, links, minor }: ServerView): unknown {
  const { flavorId } = server;
  if (minor < FLAVOR_EMBEDDED) return reference(links, 'flavors', flavorId);
  const { vcpus, ram, disk, name, extraSpecs } =
    profile.flavors.find(({ id }) => id === flavorId) ?? profile.flavors[0];
  return { vcpus, ram, disk, ephemeral: 0, swap: 0, original_name: name, extra_specs: extraSpecs };
}

function addressesOf(view: ServerView): unknown {
  const { server, profile, reply, minor } = view;
  if (isBuilding(view)) return {};
  const plain = { version: 4, addr: server.address };
  const extended = { 'OS-EXT-IPS:type': 'fixed', 'OS-EXT-IPS-MAC:mac_addr': server.macAddress };
  const whole = reply === 'show' || reply === 'detail' || minor >= ALL_MEMBERS;
  return { [profile.network.name]: [whole ? { ...plain, ...extended } : plain] };
}

function faultOf({ server, state }: ServerView): unknown {
  if (state.status !== 'ERROR' || server.fault === null) return undefined;
  return { code: server.fault.code, created: isoSeconds(state.updated), message: server.fault.message };
}

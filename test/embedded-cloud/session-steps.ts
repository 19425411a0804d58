import assert from 'node:assert/strict';
import { at, type CloudReply } from './cloud-caller.ts';

/** A request of a session; names in braces stand for ids of the cloud, or of what an earlier step made. */
export interface SessionStep {
  readonly method: string;
  /** A path below the project of v2.1, or an absolute path if it begins with a slash. */
  readonly path: string;
  readonly body?: unknown;
  /** The x of the microversion 2.x; 1 by default. */
  readonly minor?: number;
  /** The name under which later steps use an id out of the answer, and the path of member names to it. */
  readonly keeps?: readonly [name: string, ...path: string[]];
  /** The status that the server `{new}` has before the next step. */
  readonly settles?: string;
}

/** A cloud on which a session runs. */
export interface SessionCloud {
  /** The ids of an image, another one, and a network, by their names in braces. */
  readonly names: Readonly<Record<string, string>>;
  send(step: SessionStep): Promise<CloudReply>;
  /** Waits until a server has a status, and no task any more. */
  settle(server: string, status: string): Promise<void>;
}

/** A step as it was sent, with its answer. */
export interface SessionExchange {
  readonly step: SessionStep;
  readonly reply: CloudReply;
}

/** Run a session, and return its exchanges in order. */
export async function runSession(cloud: SessionCloud, steps: readonly SessionStep[]): Promise<SessionExchange[]> {
  const names = new Map(Object.entries(cloud.names));
  const filled = (text: string): string =>
    text.replaceAll(/\{([a-z]+)\}/g, (_whole, name: string) => names.get(name) ?? assert.fail(`${name} in ${text}`));
  const exchanges: SessionExchange[] = [];
  for (const step of steps) {
    const { path, body, keeps, settles } = step;
    const sent = { ...step, path: filled(path), ...(body !== undefined && { body: filledBody(body, filled) }) };
    const reply = await cloud.send(sent);
    exchanges.push({ step, reply });
    if (keeps !== undefined) {
      const [name, ...members] = keeps;
      names.set(name, String(at(reply.document, ...members)));
    }
    if (settles !== undefined) await cloud.settle(names.get('new') ?? '', settles);
  }
  return exchanges;
}

function filledBody(body: unknown, filled: (text: string) => string): unknown {
  if (typeof body === 'string') return filled(body);
  if (Array.isArray(body)) return body.map((item) => filledBody(item, filled));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, filledBody(value, filled)]));
}

const get = (path: string, minor = 1): SessionStep => ({ method: 'GET', path, minor });
const post = (path: string, body: unknown, more: Partial<SessionStep> = {}): SessionStep => ({
  method: 'POST',
  path,
  body,
  ...more,
});
const put = (path: string, body: unknown, minor = 1): SessionStep => ({ method: 'PUT', path, body, minor });
const remove = (path: string, minor = 1): SessionStep => ({ method: 'DELETE', path, minor });
const act = (action: string, parameters: unknown, settles?: string, minor = 1): SessionStep =>
  post('servers/{new}/action', { [action]: parameters }, { minor, ...(settles !== undefined && { settles }) });

/** The microversions at which documents change: the first, the gateway's for rebuilds, the last of Nova 26. */
const minors = [1, 57, 93] as const;

const publicKey =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDx8nkQv/zgGgB4rMYmIf+6A4l6Rr+o/6lHBQdW5aYd44bd8JttDCE/F/pNRr0lRE+PiqSPO8nDPHw' +
  '0010JeMH9gYgnnFlyY3/OcJ02RhIPyyxYpzAWmRlBmoulSw4cJ0tR0dCaFxRz8wTqAjEX/YCWHfNpSWyfsXcJCRVy5Wzntw== session';

const server = { name: 'session', imageRef: '{image}', flavorRef: '{flavor}', networks: [{ uuid: '{network}' }] };

const keys: readonly SessionStep[] = [
  post('os-keypairs', { keypair: { name: 'generated' } }),
  post('os-keypairs', { keypair: { name: 'generated' } }),
  post('os-keypairs', { keypair: { name: 'imported', public_key: publicKey } }),
  post('os-keypairs', { keypair: { name: 'broken', public_key: 'none' } }),
  post('os-keypairs', { keypair: {} }),
  post('os-keypairs', { keypair: { name: 'later', type: 'ssh' } }, { minor: 57 }),
  ...minors.flatMap((minor) => [get('os-keypairs', minor), get('os-keypairs/imported', minor)]),
  remove('os-keypairs/generated'),
  remove('os-keypairs/generated'),
  remove('os-keypairs/later', 57),
];

/** Lists without a match, things that are not there, and paths for administrators or for nobody. */
const refusedPaths = [
  'flavors/none',
  'flavors?minRam=x',
  'flavors/{flavor}/os-extra_specs',
  'flavors/{flavor}/os-extra_specs/none',
  'flavors/{flavor}/os-flavor-access',
  'flavors?marker=none',
  'images/none',
  'images?limit=1',
  'images/{image}/metadata/none',
  'extensions',
  'extensions/OS-DCF',
  'extensions/none',
  'os-keypairs/none',
  'servers?status=ERROR&name=none',
  'servers?marker=none',
  'servers?limit=-1',
  'servers?limit=x',
  'servers/none',
  'servers/none/ips',
  'servers/none/metadata',
  'os-quota-sets/{project}',
  'os-quota-sets/{project}/defaults',
  'os-availability-zone/detail',
  'os-hosts',
  'os-hypervisors',
  'os-services',
  'os-aggregates',
  'os-migrations',
  'os-agents',
  'os-cloudpipe',
  'os-certificates/root',
  'os-fixed-ips/1',
  'os-simple-tenant-usage',
  'nothing',
];

const catalogue: readonly SessionStep[] = [
  ...minors.flatMap((minor) => [
    get('flavors', minor),
    get('flavors/detail', minor),
    get('flavors/{flavor}', minor),
    get('limits', minor),
    get('images', minor),
    get('images/{image}', minor),
    get('images/{image}/metadata', minor),
    get('os-security-groups', minor),
    get('os-availability-zone', minor),
    get('os-floating-ips', minor),
    get('os-floating-ip-pools', minor),
    get('os-server-groups', minor),
    get('os-tenant-networks', minor),
    get('os-networks', minor),
    get('servers?limit=1', minor),
  ]),
  ...refusedPaths.map((path) => get(path)),
];

const life: readonly SessionStep[] = [
  post('servers', {}),
  post('servers', { server: { name: 'session' } }),
  post('servers', { server: { name: 'session', flavorRef: '{flavor}' } }),
  post('servers', { server: { ...server, flavorRef: '99' } }),
  post('servers', { server: { ...server, imageRef: '00000000-0000-4000-8000-000000000000' } }),
  post('servers', { server: { ...server, key_name: 'none' } }),
  post('servers', { server: { ...server, colour: 'red' } }),
  post(
    'servers',
    { server: { ...server, key_name: 'imported', metadata: { a: 'b' }, adminPass: 'secret' } },
    { keeps: ['new', 'server', 'id'], settles: 'ACTIVE' },
  ),
  ...minors.flatMap((minor) => [
    get('servers/{new}', minor),
    get('servers/detail?name=session', minor),
    put('servers/{new}', { server: { name: 'session again' } }, minor),
  ]),
  put('servers/{new}', { server: { name: '' } }),
  put('servers/{new}', { server: { accessIPv4: 'none' } }),
  put('servers/none', { server: { name: 'renamed' } }),
  ...['ips', 'ips/none', 'os-security-groups', 'os-volume_attachments', 'os-server-password'].map((part) =>
    get(`servers/{new}/${part}`),
  ),
  { ...get('servers/{new}/os-instance-actions'), keeps: ['created', 'instanceActions', '0', 'request_id'] },
  ...minors.map((minor) => get('servers/{new}/os-instance-actions', minor)),
  get('servers/{new}/os-instance-actions/{created}'),
  get('servers/{new}/os-instance-actions/{created}', 57),
  get('servers/{new}/os-instance-actions/none'),
  get('servers/{new}/os-interface'),
  ...['diagnostics', 'os-virtual-interfaces'].map((part) => get(`servers/{new}/${part}`)),
];

const metadata: readonly SessionStep[] = [
  post('servers/{new}/metadata', { metadata: { c: 'd' } }),
  put('servers/{new}/metadata', { metadata: { e: 'f' } }),
  put('servers/{new}/metadata/g', { meta: { g: 'h' } }),
  put('servers/{new}/metadata/g', { meta: { x: 'h' } }),
  get('servers/{new}/metadata'),
  get('servers/{new}/metadata/g'),
  get('servers/{new}/metadata/none'),
  remove('servers/{new}/metadata/g'),
  remove('servers/{new}/metadata/g'),
  post('servers/{new}/metadata', {}),
  post('servers/{new}/metadata', { metadata: { c: 1 } }),
  put('servers/{new}/metadata', { metadata: {} }),
];

const actions: readonly SessionStep[] = [
  act('changePassword', { adminPass: 'secret' }),
  act('changePassword', {}),
  act('reboot', { type: 'SOFT' }, 'ACTIVE'),
  act('reboot', { type: 'LATER' }),
  act('os-start', null),
  act('os-stop', null, 'SHUTOFF'),
  get('servers/{new}'),
  act('pause', null),
  act('os-start', null, 'ACTIVE'),
  act('pause', null, 'PAUSED'),
  act('reboot', { type: 'SOFT' }),
  act('unpause', null, 'ACTIVE'),
  act('suspend', null, 'SUSPENDED'),
  get('servers/{new}'),
  act('resume', null, 'ACTIVE'),
  act('lock', null),
  act('os-stop', null),
  act('unlock', null),
  act('rescue', { adminPass: 'secret' }, 'RESCUE'),
  act('rebuild', { imageRef: '{other}' }),
  act('unrescue', null, 'ACTIVE'),
  act('rescue', null, 'RESCUE'),
  act('unrescue', null, 'ACTIVE'),
  act('confirmResize', null),
  act('resize', { flavorRef: '99' }),
  act('resize', { flavorRef: '{flavor}' }),
  act('resize', { flavorRef: '{larger}' }, 'VERIFY_RESIZE'),
  get('servers/{new}'),
  act('revertResize', null, 'ACTIVE'),
  act('resize', { flavorRef: '{larger}' }, 'VERIFY_RESIZE'),
  act('confirmResize', null, 'ACTIVE'),
  act('rebuild', { imageRef: '{other}', name: 'rebuilt' }, 'ACTIVE'),
  act('rebuild', { imageRef: '{other}' }, 'ACTIVE', 57),
  act('shelve', null, 'SHELVED_OFFLOADED'),
  act('unshelve', null, 'ACTIVE'),
  act('os-getConsoleOutput', { length: 3 }),
  act('os-getConsoleOutput', null),
  act('os-getVNCConsole', { type: 'novnc' }),
  act('os-getVNCConsole', { type: 'novnc' }, undefined, 57),
  post('servers/{new}/remote-consoles', { remote_console: { protocol: 'vnc', type: 'novnc' } }, { minor: 57 }),
  act('addFixedIp', { networkId: '{network}' }, undefined, 57),
  act('os-getSPICEConsole', { type: 'spice-html5' }),
  act('addFloatingIp', { address: '1.2.3.4' }),
  ...['migrate', 'os-resetState', 'injectNetworkInfo', 'shelveOffload', 'resetNetwork', 'restore', 'sing'].map((name) =>
    act(name, name === 'os-resetState' ? { state: 'active' } : null),
  ),
];

const images: readonly SessionStep[] = [
  act('createImage', {}),
  act('createImage', { name: 'snapshot', metadata: { a: 'b' } }, 'ACTIVE'),
  { ...act('createImage', { name: 'snapshot' }, 'ACTIVE', 57), keeps: ['snapshot', 'image_id'] },
  get('images/{snapshot}'),
  get('images?name=snapshot'),
  get('images/detail?name=snapshot'),
  post('images/{snapshot}/metadata', { metadata: { k: 'v' } }),
  put('images/{snapshot}/metadata/q', { meta: { q: 'v' } }),
  put('images/{snapshot}/metadata/q', { meta: { x: 'v' } }),
  get('images/{snapshot}/metadata/q'),
  remove('images/{snapshot}/metadata/q'),
  remove('images/{snapshot}/metadata/q'),
  put('images/{snapshot}/metadata', { metadata: { m: 'v' } }),
  remove('images/{snapshot}'),
  remove('images/{snapshot}'),
  act('createBackup', { name: 'backup', backup_type: 'daily', rotation: 1 }, 'ACTIVE'),
];

const versions: readonly SessionStep[] = [
  ...['/', '/v2.1/', '/v2/', '/v1.1/servers', '/v2/{project}/servers/{new}', '/v2/{project}/limits'].map((path) =>
    get(path),
  ),
  get('/v2/{project}/servers/detail?name=session', 57),
  put('/v2/{project}/servers/{new}', { server: { name: ' session ', colour: 'red' } }),
];

const end: readonly SessionStep[] = [
  post('servers', { server: { ...server, min_count: 2, return_reservation_id: true } }),
  remove('servers/{new}'),
  remove('servers/none'),
];

/** A session with everything that the embedded cloud answers. */
export const SESSION_STEPS: readonly SessionStep[] = [
  ...keys,
  ...catalogue,
  ...life,
  ...metadata,
  ...actions,
  ...images,
  ...versions,
  ...end,
];

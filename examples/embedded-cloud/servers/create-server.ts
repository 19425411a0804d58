import { randomBytes, randomUUID } from 'node:crypto';
import type { Call } from '../call/call.ts';
import { objectMember, readBody } from '../call/read-body.ts';
import { type Answer, jsonAnswer, withHeaders } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { parseJsonBody } from '../http/received-request.ts';
import { type CloudState, isoSeconds } from '../state/cloud-state.ts';
import { macAddressOf } from '../state/seed.ts';
import type { ServerRecord } from '../state/server-record.ts';
import { type RequestMember, accepted, isObject, member } from '../validation/request-member.ts';
import { makeAdminPassword } from './admin-password.ts';
import { CREATE_MEMBERS, type CreateOrder } from './create-members.ts';
import { recordAction } from './instance-actions.ts';
import { refuseHalfFiles, refuseOverQuota } from '../checks/quotas.ts';
import { refuseForProfile } from '../checks/refuse-for-profile.ts';

/** Respond to POST /servers with the id, links and password of the new server, or with a reservation of several. */
export function answerCreateServer(call: Call): Answer {
  const { cloud, scope } = call;
  const order = readOrder(call);
  refuseHalfFiles(order);
  refuseUnknown(cloud, order);
  refuseOverQuota(order);
  const { minimumCount = 1, maximumCount = minimumCount } = order;
  const adminPass = order.adminPass ?? makeAdminPassword();
  const servers = Array.from({ length: maximumCount }, (_, index) => ({
    ...newServer(cloud, order, scope.minor, index),
    adminPassword: adminPass,
  }));
  for (const server of servers) {
    cloud.servers.set(server.id, server);
    recordAction(call, server, 'create');
  }
  if (order.returnsReservation === true) {
    return jsonAnswer(202, { reservation_id: `r-${randomBytes(4).toString('hex')}` });
  }
  const [{ id, diskConfig } = { id: '', diskConfig: 'MANUAL' }] = servers;
  const server = {
    id,
    links: call.links.both('servers', id),
    'OS-DCF:diskConfig': diskConfig,
    security_groups: [{ name: 'default' }],
    adminPass,
  };
  return withHeaders(jsonAnswer(202, { server }), { Location: call.links.self('servers', id) });
}

function readOrder(call: Call): CreateOrder {
  const document = parseJsonBody(call.incoming);
  refuseForProfile(call.cloud.profile, 'create', isObject(document) ? document['server'] : undefined);
  return readBody(call, WHOLE_MEMBERS, { name: '', flavorRef: '' });
}

/** The members of the whole body: the server, and the hints for the scheduler beside it. */
const WHOLE_MEMBERS: readonly RequestMember<CreateOrder>[] = [
  objectMember('server', CREATE_MEMBERS),
  member('os:scheduler_hints', (value) => accepted(value), 'ignored'),
  member('OS-SCH-HNT:scheduler_hints', (value) => accepted(value), 'ignored'),
];

/** Refuse what the order refers to and the cloud does not have, with 400. */
function refuseUnknown({ profile, images, keyPairs }: CloudState, order: CreateOrder): void {
  const { flavorRef, keyName, imageRef = '', volumes = [], minimumCount = 1, maximumCount = minimumCount } = order;
  if (imageRef === '' && volumes.length === 0) throw new CloudFault(400, 'Missing imageRef attribute');
  if (minimumCount > maximumCount) throw new CloudFault(400, 'min_count must be <= max_count');
  if (keyName !== undefined && !keyPairs.has(keyName)) throw new CloudFault(400, 'Invalid key_name provided.');
  if (!profile.flavors.some(({ id }) => id === flavorRef)) {
    throw new CloudFault(400, `Flavor ${flavorRef} could not be found.`);
  }
  if (imageRef !== '' && !images.has(imageRef)) throw new CloudFault(400, 'Can not find requested image');
}

const FIRST_NEW_ADDRESS = 10;
const DESCRIPTION_GIVEN = 19;

function newServer(
  cloud: CloudState,
  order: CreateOrder,
  minor: number,
  index: number,
): Omit<ServerRecord, 'adminPassword'> {
  const now = cloud.now();
  const several = (order.maximumCount ?? order.minimumCount ?? 1) > 1;
  const name = order.name.trim() + (several ? `-${index + 1}` : '');
  const number = FIRST_NEW_ADDRESS + ((cloud.servers.size + index) % 100);
  return {
    id: randomUUID(),
    address: `${cloud.profile.network.prefix}.${number}`,
    macAddress: macAddressOf(number),
    created: isoSeconds(now),
    volumes: order.volumes ?? [],
    hidesUserData: false,
    isThrottled: false,
    name,
    hostname: order.hostname ?? name,
    imageRef: order.imageRef ?? '',
    flavorId: order.flavorRef,
    oldFlavorId: null,
    metadata: order.metadata ?? {},
    accessIPv4: order.accessIPv4 ?? '',
    accessIPv6: order.accessIPv6 ?? '',
    diskConfig: order.diskConfig ?? 'MANUAL',
    description: minor < DESCRIPTION_GIVEN ? name : (order.description ?? null),
    keyName: order.keyName ?? null,
    userData: order.userData ?? null,
    certificates: null,
    locked: false,
    fault: null,
    updated: now,
    vmState: 'building',
    task: { name: 'spawning', until: now + cloud.rebuildMs, ends: 'active' },
    actions: [],
  };
}

import { randomUUID } from 'node:crypto';
import type { Call } from '../call/call.ts';
import { type Answer, jsonAnswer, withHeaders } from '../http/answer.ts';
import { findServer } from '../servers/find-server.ts';
import { refuseOverQuota } from '../checks/quotas.ts';
import { refuseBusyServer } from '../checks/refuse-busy-server.ts';
import { metadataRule } from '../checks/server-rules.ts';
import { isoSeconds } from '../state/cloud-state.ts';
import { GLANCE, USER } from '../state/seed-data.ts';
import type { VmState } from '../state/server-record.ts';
import { type RequestMember, type Rule, accepted, member } from '../validation/request-member.ts';
import { atLeast, atMost, stringRule } from '../validation/rules.ts';
import { type Action, readParameters } from './parameters.ts';

const IMAGE_ID_IN_BODY = 45;

/** Makes an image of a server, at once. */
export const answerCreateImage: Action = (call, parameters) => {
  const order = readParameters(call, 'createImage', parameters, IMAGE_MEMBERS, newOrder());
  return answerImageOf(call, 'createImage', order, 'snapshot', glanceLocation);
};

/** Makes a backup of a server; older backups of the same kind stay. */
export const answerCreateBackup: Action = (call, parameters) => {
  const order = readParameters(call, 'createBackup', parameters, BACKUP_MEMBERS, newOrder());
  return answerImageOf(call, 'createBackup', order, 'backup', (id) => call.links.self('images', id));
};

function glanceLocation(id: string): string {
  return `${GLANCE}/images/${id}`;
}

function answerImageOf(
  call: Call,
  action: string,
  order: ImageOrder,
  kind: string,
  location: (id: string) => string,
): Answer {
  const { cloud, scope } = call;
  refuseOverQuota(order);
  const server = findServer(call);
  refuseBusyServer(cloud, server, action, SNAPSHOT_STATES);
  const id = randomUUID();
  const created = isoSeconds(cloud.now());
  const own = { base_image_ref: server.imageRef, instance_uuid: server.id, user_id: USER, image_type: kind };
  const metadata = { ...order.metadata, ...own };
  const image = { id, name: order.name, created, updated: created, bytes: 1024, minimumDisk: 1, metadata };
  cloud.images.set(id, { ...image, serverId: server.id });
  if (scope.minor >= IMAGE_ID_IN_BODY) return jsonAnswer(202, { image_id: id });
  return withHeaders(jsonAnswer(202), { 'Content-Type': 'text/html; charset=UTF-8', Location: location(id) });
}

const SNAPSHOT_STATES: readonly VmState[] = ['active', 'stopped', 'paused', 'suspended'];

interface ImageOrder {
  name: string;
  metadata: Readonly<Record<string, string>>;
  kind?: string;
  rotation?: unknown;
}

function newOrder(): ImageOrder {
  return { name: '', metadata: {} };
}

const anything: Rule<unknown> = (value) => accepted(value);

const IMAGE_MEMBERS: readonly RequestMember<ImageOrder>[] = [
  member('name', stringRule(atLeast(1), atMost(255)), 'name', { required: true }),
  member('metadata', metadataRule, 'metadata'),
];

const BACKUP_MEMBERS: readonly RequestMember<ImageOrder>[] = [
  ...IMAGE_MEMBERS,
  member('backup_type', stringRule(), 'kind', { required: true }),
  member('rotation', anything, 'rotation', { required: true }),
];

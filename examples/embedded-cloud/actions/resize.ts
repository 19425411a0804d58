import { jsonAnswer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { findServer } from '../servers/find-server.ts';
import { refuseBusyServer } from '../checks/refuse-busy-server.ts';
import { startTask } from '../state/server-record.ts';
import { type RequestMember, member } from '../validation/request-member.ts';
import { oneOf, stringRule } from '../validation/rules.ts';
import { type Action, readParameters } from './parameters.ts';

/** Accepts a resize; the server waits in VERIFY_RESIZE to be confirmed or reverted. */
export const answerResize: Action = (call, parameters) => {
  const { cloud } = call;
  const order: ResizeOrder = readParameters(call, 'resize', parameters, RESIZE_MEMBERS, { flavorRef: '' });
  const server = findServer(call);
  if (!cloud.profile.flavors.some(({ id }) => id === order.flavorRef)) {
    throw new CloudFault(400, `Flavor ${order.flavorRef} could not be found.`);
  }
  refuseBusyServer(cloud, server, 'resize', ['active', 'stopped']);
  if (server.flavorId === order.flavorRef) throw new CloudFault(400, 'When resizing, instances must change flavor!');
  server.oldFlavorId = server.flavorId;
  server.flavorId = order.flavorRef;
  server.diskConfig = order.diskConfig ?? server.diskConfig;
  startTask(server, cloud.now(), cloud.rebuildMs, { name: 'resize_migrating', ends: 'resized' });
  return jsonAnswer(202);
};

interface ResizeOrder {
  flavorRef: string;
  diskConfig?: 'AUTO' | 'MANUAL';
}

const RESIZE_MEMBERS: readonly RequestMember<ResizeOrder>[] = [
  member('flavorRef', stringRule(), 'flavorRef', { required: true }),
  member('OS-DCF:diskConfig', oneOf('AUTO', 'MANUAL'), 'diskConfig'),
];

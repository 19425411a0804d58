import { type Call, parameter } from '../call/call.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { stateAt } from '../state/server-record.ts';
import { findServer } from './find-server.ts';

/** Respond to GET /servers/{id}/ips. */
export function answerAddresses(call: Call): Answer {
  return jsonAnswer(200, { addresses: addressesOf(call) });
}

/** Respond to GET /servers/{id}/ips/{network}. */
export function answerNetworkAddresses(call: Call): Answer {
  const network = parameter(call, 'network');
  const addresses = addressesOf(call)[network];
  if (addresses === undefined) throw new CloudFault(404, 'Instance is not a member of specified network');
  return jsonAnswer(200, { [network]: addresses });
}

function addressesOf(call: Call): Readonly<Record<string, unknown>> {
  const server = findServer(call);
  if (stateAt(server, call.cloud.now()).vmState === 'building') return {};
  return { [call.cloud.profile.network.name]: [{ version: 4, addr: server.address }] };
}

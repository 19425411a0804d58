import { type Call, parameter } from '../call/call.ts';
import { objectMember, readBody } from '../call/read-body.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { QUOTAS } from '../checks/quotas.ts';
import { isoSeconds } from '../state/cloud-state.ts';
import type { KeyPairRecord } from '../state/key-pair-record.ts';
import { USER } from '../state/seed-data.ts';
import { type RequestMember, member } from '../validation/request-member.ts';
import { atLeast, atMost, oneOf, stringRule } from '../validation/rules.ts';
import { fingerprintOf, makeSshKey } from './ssh-key.ts';

const TYPE_SHOWN = 2;

/** Respond to GET /os-keypairs. */
export function answerKeyPairs(call: Call): Answer {
  const pairs = [...call.cloud.keyPairs.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return jsonAnswer(200, { keypairs: pairs.map((pair) => ({ keypair: brief(call, pair) })) });
}

/** Respond to GET /os-keypairs/{name}. */
export function answerKeyPair(call: Call): Answer {
  const pair = findKeyPair(call);
  const { number: id, created } = pair;
  const keypair = {
    ...brief(call, pair),
    user_id: USER,
    created_at: created.replace('Z', '.000000'),
    deleted: false,
    deleted_at: null,
    id,
    updated_at: null,
  };
  return jsonAnswer(200, { keypair });
}

/** Respond to POST /os-keypairs, which imports a public key or else generates a pair. */
export function answerCreateKeyPair(call: Call): Answer {
  const { keyPairs, now } = call.cloud;
  const { name, type, publicKey: given } = readBody(call, CREATE_MEMBERS, { name: '', type: 'ssh' });
  if (given !== undefined && fingerprintOf(given) === undefined) {
    throw new CloudFault(400, 'Keypair data is invalid: failed to generate fingerprint');
  }
  if (keyPairs.has(name)) throw new CloudFault(409, `Key pair '${name}' already exists.`);
  if (keyPairs.size >= QUOTAS.keyPairs) throw new CloudFault(403, 'Quota exceeded, too many key pairs.');
  const generated = given === undefined ? makeSshKey() : undefined;
  const publicKey = given ?? generated?.publicKey ?? '';
  const pair = { number: keyPairs.size + 1, name, type, publicKey, created: isoSeconds(now()) };
  keyPairs.set(name, pair);
  const secret = generated === undefined ? {} : { private_key: generated.privateKey };
  const status = call.scope.minor >= TYPE_SHOWN ? 201 : 200;
  return jsonAnswer(status, { keypair: { ...secret, ...brief(call, pair), user_id: USER } });
}

/** Respond to DELETE /os-keypairs/{name}. */
export function answerDeleteKeyPair(call: Call): Answer {
  call.cloud.keyPairs.delete(findKeyPair(call).name);
  return jsonAnswer(call.scope.minor >= TYPE_SHOWN ? 204 : 202);
}

interface KeyPairOrder {
  name: string;
  type: string;
  publicKey?: string;
}

const CREATE_MEMBERS: readonly RequestMember<KeyPairOrder>[] = [
  objectMember('keypair', [
    member('name', stringRule(atLeast(1), atMost(255)), 'name', { required: true }),
    member('type', oneOf('ssh', 'x509'), 'type', { since: TYPE_SHOWN }),
    member('public_key', stringRule(), 'publicKey'),
  ]),
];

function findKeyPair(call: Call): KeyPairRecord {
  const name = parameter(call, 'keypair');
  const pair = call.cloud.keyPairs.get(name);
  if (pair === undefined) throw new CloudFault(404, `Keypair ${name} not found for user ${USER}`);
  return pair;
}

function brief({ scope }: Call, { name, type, publicKey }: KeyPairRecord): Readonly<Record<string, unknown>> {
  const fingerprint = fingerprintOf(publicKey) ?? '';
  return { name, public_key: publicKey, fingerprint, ...(scope.minor >= TYPE_SHOWN && { type }) };
}

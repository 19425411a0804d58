import { datetime, element, list, named, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { eitherWay, requiredEitherWay, anyText, nameText } from '../resources/request-scalars.ts';

const time = datetime({ withOffset: true });
const keypair = named(string(), { byKey: { created_at: time, updated_at: time, deleted_at: time } });

const keypairDocument = { root: 'keypair', content: keypair, ...noNamespace } as const;

/** List the key pairs of the caller. */
export const listKeypairs = {
  name: 'listKeypairs',
  method: 'GET',
  route: 'os-keypairs',
  answer: { root: 'keypairs', content: list(keypair, { tag: 'keypair', wrapped: 'keypair' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show one key pair. */
export const showKeypair = {
  name: 'showKeypair',
  method: 'GET',
  route: 'os-keypairs/{keypair_name}',
  answer: keypairDocument,
  status: 200,
} as const satisfies Operation;

/** Create a key pair, or import the public key in the request. */
export const createKeypair = {
  name: 'createKeypair',
  method: 'POST',
  route: 'os-keypairs',
  request: {
    root: 'keypair',
    content: record({
      name: element(nameText, requiredEitherWay),
      public_key: element(anyText, eitherWay),
    }),
    ...noNamespace,
  },
  answer: keypairDocument,
  status: 200,
} as const satisfies Operation;

/** Delete a key pair. */
export const deleteKeypair = {
  name: 'deleteKeypair',
  method: 'DELETE',
  route: 'os-keypairs/{keypair_name}',
  status: 202,
} as const satisfies Operation;

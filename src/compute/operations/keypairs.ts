import { element, list, named, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const keypair = named(string());

const keypairDocument = { root: 'keypair', content: keypair, ...none } as const;

/** The caller's key pairs: GET os-keypairs. */
export const listKeypairs = {
  name: 'listKeypairs',
  method: 'GET',
  route: 'os-keypairs',
  answer: { root: 'keypairs', content: list(keypair, { tag: 'keypair', wrapped: 'keypair' }), ...none },
  status: 200,
} as const satisfies Operation;

/** One key pair: GET os-keypairs/{keypair_name}. */
export const showKeypair = {
  name: 'showKeypair',
  method: 'GET',
  route: 'os-keypairs/{keypair_name}',
  answer: keypairDocument,
  status: 200,
} as const satisfies Operation;

/** Makes a key pair, or takes the caller's public key: POST os-keypairs. */
export const createKeypair = {
  name: 'createKeypair',
  method: 'POST',
  route: 'os-keypairs',
  request: {
    root: 'keypair',
    content: record({
      name: element(string({ format: 'trimmed' }), { required: true, eitherWay: true }),
      public_key: element(string({ format: 'trimmed' }), { eitherWay: true }),
    }),
    ...none,
  },
  answer: keypairDocument,
  status: 200,
} as const satisfies Operation;

/** Deletes a key pair: DELETE os-keypairs/{keypair_name}. */
export const deleteKeypair = {
  name: 'deleteKeypair',
  method: 'DELETE',
  route: 'os-keypairs/{keypair_name}',
  status: 202,
} as const satisfies Operation;

import { string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

/** Show the encrypted password that a server generated; an empty text for none. */
export const showServerPassword = {
  name: 'showServerPassword',
  method: 'GET',
  route: 'servers/{server_id}/os-server-password',
  answer: { root: 'password', content: string(), ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Delete the stored password of a server; the server itself keeps it. */
export const deleteServerPassword = {
  name: 'deleteServerPassword',
  method: 'DELETE',
  route: 'servers/{server_id}/os-server-password',
  status: 204,
} as const satisfies Operation;

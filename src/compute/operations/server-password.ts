import { string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

/** The password that a server made for itself, encrypted; empty for none: GET servers/{server_id}/os-server-password. */
export const showServerPassword = {
  name: 'showServerPassword',
  method: 'GET',
  route: 'servers/{server_id}/os-server-password',
  answer: { root: 'password', content: string(), ...none },
  status: 200,
} as const satisfies Operation;

/** Forgets the password, which stays the server's: DELETE servers/{server_id}/os-server-password. */
export const deleteServerPassword = {
  name: 'deleteServerPassword',
  method: 'DELETE',
  route: 'servers/{server_id}/os-server-password',
  status: 204,
} as const satisfies Operation;

import type { Need } from '../need-reasons.ts';
import type { IdentityCall } from './messages/identity-call.ts';

/** The needs of the calls that are not of v2.0; undefined for a call that a modern service has as well, or that is refused. */
const others: Readonly<Partial<Record<IdentityCall, Need | 'none'>>> = {
  logInByHeaders: 'login-headers',
  logInByCredentials: 'login-headers',
  showIdentityVersions: 'none',
  untranslated: 'none',
  forward: 'none',
};

/** Find the need that a call of the Identity API has by itself; undefined for none. Modern services have v3 only. */
export function needOfCall(call: IdentityCall): Need | undefined {
  const need = others[call] ?? 'login-v2.0';
  return need === 'none' ? undefined : need;
}

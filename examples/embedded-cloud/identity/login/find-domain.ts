import type { DomainRecord } from '../accounts/account-records.ts';
import type { IdentityState } from '../accounts/identity-state.ts';
import { unauthorized } from '../http/identity-fault.ts';

/** A domain as a login names it: the name counts before the id. */
export interface NamedDomain {
  readonly id?: string;
  readonly name?: string;
}

/** Find a domain; throw a 401 if there is none of that name or id. */
export function findDomain({ profile: { domain } }: IdentityState, { id, name }: NamedDomain): DomainRecord {
  const isFound = name === undefined || name === '' ? id === domain.id : name === domain.name;
  if (!isFound) throw unauthorized();
  return domain;
}

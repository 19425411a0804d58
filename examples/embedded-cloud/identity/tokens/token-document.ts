import type { TokenRecord } from '../accounts/account-records.ts';
import type { IdentityState } from '../accounts/identity-state.ts';
import { catalogFor } from './catalog.ts';

/** Create the document of a token, with the catalogue of its project unless the caller wants none. */
export function tokenDocument(identity: IdentityState, token: TokenRecord, hasCatalog: boolean): unknown {
  const { domain, showsAudit } = identity.profile;
  const { methods, user, auditIds, expires, issued } = token;
  return {
    token: {
      methods,
      user: { domain, id: user.id, name: user.name, password_expires_at: null },
      ...(showsAudit && { audit_ids: auditIds }),
      expires_at: isoMicroseconds(expires),
      issued_at: isoMicroseconds(issued),
      ...scopeMembers(identity, token, hasCatalog),
    },
  };
}

function scopeMembers(identity: IdentityState, { scope }: TokenRecord, hasCatalog: boolean): object {
  if (scope.kind === 'unscoped') return {};
  const { domain, roles, showsAudit } = identity.profile;
  if (scope.kind === 'domain') {
    return { domain, roles, ...(hasCatalog && { catalog: catalogFor(identity, domain.id) }) };
  }
  const { id, name } = scope.project;
  return {
    project: { domain, id, name },
    ...(showsAudit && { is_domain: false }),
    roles,
    ...(hasCatalog && { catalog: catalogFor(identity, id) }),
  };
}

/** Print a time as Keystone does, with six digits of a fraction that are always zero. */
function isoMicroseconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, '.000000Z');
}

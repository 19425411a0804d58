import { dropped, type Note } from '../../upstream/note.ts';
import type { Access } from '../messages/access.ts';
import type { CatalogueSettings } from './catalogue-settings.ts';
import { catalogueServices, foldCatalogue, type FoldedService } from './fold-catalogue.ts';
import { ownCatalogue } from './own-catalogue.ts';
import type { V3Token } from './v3-token.ts';

/** The content of an access document, and the notes on what v2.0 or the gateway left out. */
export interface AccessAnswer {
  readonly access: Access;
  readonly notes: readonly Note[];
}

/** The reason for each member of v3 that v2.0 has no place for. */
const losses: Readonly<Record<V3Token['lost'][number], string>> = {
  'user.domain': 'Identity v2.0 has no domains',
  'project.domain': 'Identity v2.0 has no domains',
  'project.description': 'the answer of Identity v3 to a login does not have it',
};

/**
 * Make the answer of v2.0 for a token of v3. The catalogue of a token without a project is empty.
 * @throws {Fault} 502 if the region served is not clear
 */
export function accessOf(token: V3Token, settings: CatalogueSettings): AccessAnswer {
  const { project, lost } = token;
  const own =
    project === undefined
      ? { services: [], notes: [] }
      : ownCatalogue(foldCatalogue(token.catalog), project.id, settings);
  return {
    access: accessWith(token, own.services),
    notes: [...lost.map((member) => dropped(member, losses[member])), ...own.notes],
  };
}

/** Make the content of an access document with these services; the members are in the order of legacy Keystone's JSON. */
export function accessWith(token: V3Token, services: readonly FoldedService[]): Access {
  const { id, issuedAt, expiresAt, project, user, roles, trust } = token;
  return {
    token: {
      ...(issuedAt !== undefined && { issued_at: issuedAt.replace(/Z$/, '') }),
      // Anchored at the date, so that a long text is not searched from each of its characters.
      expires: expiresAt.replace(/^(.{19})\.\d{1,9}(?=Z$)/, '$1'),
      id,
      ...(project !== undefined && {
        tenant: { description: null, enabled: true, id: project.id, name: project.name },
      }),
    },
    ...(trust !== undefined && { trust: { trustee_user_id: trust.trusteeUserId, id: trust.id } }),
    serviceCatalog: catalogueServices(services),
    user: {
      username: user.name,
      roles_links: [],
      id: user.id,
      roles: roles.map(({ name }) => ({ name })),
      name: user.name,
    },
    metadata: { is_admin: 0, roles: roles.map(({ id: role }) => role) },
  };
}

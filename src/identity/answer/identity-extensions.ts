import { Fault } from '../../fault.ts';
import type { IdentityExtension } from '../messages/extensions.ts';

/** The extensions of legacy Keystone 2014.1 on its public port. */
const extensions: readonly IdentityExtension[] = [
  extensionOf(
    '2014-02-24T20:51:0-00:00',
    'OpenStack Revoke API',
    'OS-REVOKE',
    'OpenStack revoked token reporting mechanism.',
    '/blob/master/openstack-identity-api/v3/src/markdown/identity-api-v3-os-revoke-ext.md',
  ),
  extensionOf(
    '2013-12-17T12:00:0-00:00',
    'OpenStack Federation APIs',
    'OS-FEDERATION',
    'OpenStack Identity Providers Mechanism.',
  ),
  extensionOf(
    '2013-07-07T12:00:0-00:00',
    'OpenStack Keystone User CRUD',
    'OS-KSCRUD',
    'OpenStack extensions to Keystone v2.0 API enabling User Operations.',
  ),
  extensionOf('2013-07-07T12:00:0-00:00', 'OpenStack EC2 API', 'OS-EC2', 'OpenStack EC2 Credentials backend.'),
  extensionOf(
    '2014-01-20T12:00:0-00:00',
    'OpenStack Simple Certificate API',
    'OS-SIMPLE-CERT',
    'OpenStack simple certificate retrieval extension',
  ),
];

function extensionOf(updated: string, name: string, alias: string, description: string, page = ''): IdentityExtension {
  return {
    updated,
    name,
    links: [{ href: `https://github.com/openstack/identity-api${page}`, type: 'text/html', rel: 'describedby' }],
    namespace: `http://docs.openstack.org/identity/api/ext/${alias}/v1.0`,
    alias,
    description,
  };
}

/** List the extensions of Identity v2.0, as a client of that time expects them. */
export function identityExtensions(): { readonly values: readonly IdentityExtension[] } {
  return { values: extensions };
}

/** Show an extension. @throws {Fault} 404 for an unknown alias */
export function identityExtension(alias: string): IdentityExtension {
  const found = extensions.find((extension) => extension.alias === alias);
  if (found !== undefined) return found;
  throw new Fault(404, `Could not find, ${alias.slice(0, 64)}.`, { reason: 'identity-path' });
}

import type { IdentityVersion } from '../messages/versions.ts';

const docs = 'http://docs.openstack.org/api/openstack-identity-service/2.0';

/** Describe Identity v2.0 as legacy Keystone 2014.1 did. @param root the URL of the gateway's Identity API without version */
export function identityVersion2(root: string): IdentityVersion {
  const links = [
    { href: `${root}/v2.0/`, rel: 'self' },
    { href: `${docs}/content/`, type: 'text/html', rel: 'describedby' },
    { href: `${docs}/identity-dev-guide-2.0.pdf`, type: 'application/pdf', rel: 'describedby' },
  ];
  return { ...versionOf('2014-04-17T00:00:00Z', 'v2.0'), links, link: links };
}

/** List the versions of the Identity API that the gateway has. @param root as in {@link identityVersion2} */
export function identityVersions(root: string): { readonly values: readonly IdentityVersion[] } {
  const v3 = { ...versionOf('2013-03-06T00:00:00Z', 'v3.0'), links: [{ href: `${root}/v3/`, rel: 'self' }] };
  return { values: [v3, identityVersion2(root)] };
}

function versionOf(updated: string, id: 'v2.0' | 'v3.0'): IdentityVersion {
  const name = id === 'v2.0' ? 'v2.0' : 'v3';
  const mediaTypes = ['json', 'xml'].map((format) => ({
    base: `application/${format}`,
    type: `application/vnd.openstack.identity-${name}+${format}`,
  }));
  return { status: 'stable', updated, 'media-types': mediaTypes, id };
}

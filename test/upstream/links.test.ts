import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewayLink, relink, type LinkBase } from '../../src/upstream/links.ts';

const base: LinkBase = { publicUrl: 'https://gw.example.com:8443', version: 'v1.1', cloudPath: '' };
const prefixed: LinkBase = { ...base, cloudPath: '/compute' };
const id = '9168b536-cd40-4630-b43f-b259807c6e87';

/** The link of the cloud, and the link of the gateway below its public URL. */
const table: readonly (readonly [string, LinkBase, string, string])[] = [
  ['a self link', base, `http://nova:8774/v2.1/p/servers/${id}`, `/v1.1/p/servers/${id}`],
  ['a self link of v2', base, `http://nova:8774/v2/p/servers/${id}`, `/v1.1/p/servers/${id}`],
  ['a bookmark', base, `http://nova:8774/p/servers/${id}`, `/p/servers/${id}`],
  ['a self link to nowhere', base, `https://None/v2/p/servers/${id}`, `/v1.1/p/servers/${id}`],
  ['a bookmark to nowhere', base, `https://None/p/images/${id}`, `/p/images/${id}`],
  ['a self link without a project', base, `http://nova/v2.1/servers/${id}`, `/v1.1/servers/${id}`],
  ['a self link of v2 without a project', base, `http://nova/v2/servers/${id}`, `/v1.1/servers/${id}`],
  ['a bookmark without a project', base, `http://nova/servers/${id}`, `/servers/${id}`],
  ['a link to the version', base, 'http://nova/v2.1', '/v1.1'],
  ['a link to the version, with a slash', base, 'http://nova/v2.1/', '/v1.1/'],
  ['a link with a query', base, 'http://nova/v2.1/p/servers?limit=1&marker=2', '/v1.1/p/servers?limit=1&marker=2'],
  ['a link without a host', base, `/v2.1/p/servers/${id}`, `/v1.1/p/servers/${id}`],
  ['a self link behind a prefix', prefixed, `http://x/compute/v2.1/p/servers/${id}`, `/v1.1/p/servers/${id}`],
  ['a bookmark behind a prefix', prefixed, `http://x/compute/p/servers/${id}`, `/p/servers/${id}`],
  ['a bookmark that knows no prefix', prefixed, `http://x/p/servers/${id}`, `/p/servers/${id}`],
  ['a project that begins as the prefix', prefixed, `http://x/computer/servers/${id}`, `/computer/servers/${id}`],
  ['a name that begins as a version', base, 'http://nova/v2.1/p/flavors/v1-large', '/v1.1/p/flavors/v1-large'],
  ['a self link to a flavor named v1', base, 'http://nova/v2.1/p/flavors/v1', '/v1.1/p/flavors/v1'],
  ['a bookmark of a flavor named v1', base, 'http://nova/p/flavors/v1', '/p/flavors/v1'],
  ['a bookmark of a flavor named v2.5', prefixed, 'http://nova/compute/p/flavors/v2.5', '/p/flavors/v2.5'],
];

for (const [title, from, href, path] of table) {
  const isBookmark = title.startsWith('a bookmark');
  test(`${title} points at the gateway`, () =>
    assert.equal(gatewayLink(href, from, isBookmark), base.publicUrl + path));
}

for (const version of ['v2', 'v2.1']) {
  test(`a caller of ${version} gets links of ${version}`, () => {
    assert.equal(
      gatewayLink('http://nova/v2.1/p/servers/1', { ...base, version }),
      `${base.publicUrl}/${version}/p/servers/1`,
    );
  });
}

test('every link of a document points at the gateway, and nothing else changes', () => {
  const document = {
    id,
    links: [linkTo('http://nova', 'self', '/v2.1/p/servers/1'), linkTo('http://nova', 'bookmark', '/p/servers/1')],
    image: { id: 'i', links: [linkTo('http://nova', 'bookmark', '/p/images/1')] },
    flavor: { id: 'f', links: [{ ...linkTo('http://nova', 'bookmark', '/p/flavors/1'), type: 't' }] },
    metadata: { links: 'http://nova/v2.1/x', href: 'http://nova/v2.1/y' },
    addresses: { net: [{ addr: '1.2.3.4' }] },
    name: 'http://nova/v2.1',
  };
  relink(document, base);
  const ours = (rel: string, path: string): object => linkTo(base.publicUrl, rel, path);
  assert.deepEqual(document, {
    id,
    links: [ours('self', '/v1.1/p/servers/1'), ours('bookmark', '/p/servers/1')],
    image: { id: 'i', links: [ours('bookmark', '/p/images/1')] },
    flavor: { id: 'f', links: [{ ...ours('bookmark', '/p/flavors/1'), type: 't' }] },
    metadata: { links: 'http://nova/v2.1/x', href: 'http://nova/v2.1/y' },
    addresses: { net: [{ addr: '1.2.3.4' }] },
    name: 'http://nova/v2.1',
  });
});

test('links of any other form stay unchanged', () => {
  const odd = { links: [null, 'x', {}, { href: 1 }], image: '', flavor: null, more: { links: {} } };
  const before = structuredClone(odd);
  relink(odd, base);
  assert.deepEqual(odd, before);
  for (const value of [null, undefined, 'x', 1, []]) relink(value, base);
});

function linkTo(origin: string, rel: string, path: string): object {
  return { rel, href: origin + path };
}

/** The project of every request. */
export const benchProject = '6f70656e737461636b20342065766572';

/** The server of every request. */
export const benchServerId = 'ea681a24-9b24-4f49-98ef-8e1f73acf19e';

const imageId = '70a599e0-31e7-49b7-b260-868f441e862b';
const cloudUrl = 'http://openstack.example.com';
/** Characters in a line of base64: in the API guide, and of MIME encoders (RFC 2045). */
const lineLengths = { guide: 48, mime: 76 } as const;
const smallContents = [
  'ICAgICAgDQoiQSBjbG91ZCBkb2VzIG5vdCBrbm93IHdoeSBpdCBtb3ZlcyBpbiBqdXN0IHN1Y2ggYSBkaXJlY3Rpb24gYW5k',
  'IGF0IHN1Y2ggYSBzcGVlZC4uLkl0IGZlZWxzIGFuIGltcHVsc2lvbi4uLnRoaXMgaXMgdGhlIHBsYWNlIHRvIGdvIG5vdy4g',
  'QnV0IHRoZSBza3kga25vd3MgdGhlIHJlYXNvbnMgYW5kIHRoZSBwYXR0ZXJucyBiZWhpbmQgYWxsIGNsb3VkcywgYW5kIHlv',
  'dSB3aWxsIGtub3csIHRvbywgd2hlbiB5b3UgbGlmdCB5b3Vyc2VsZiBoaWdoIGVub3VnaCB0byBzZWUgYmV5b25kIGhvcml6',
  'b25zLiINCg0KLVJpY2hhcmQgQmFjaA==',
].join('');

/** The sizes of a personality in characters of base64; the first is that of the API guide, a request of 1.1 KB. */
export const sizes = { '1 KiB': smallContents.length, '64 KiB': 65_536, '1 MiB': 1_048_576 } as const;

/** The name of a size. */
export type Size = keyof typeof sizes;

/** Create file contents of a given size in base64; the text does not repeat within a line. */
function contents(size: Size): string {
  if (size === '1 KiB') return smallContents;
  const bytes = (sizes[size] / 4) * 3;
  return Buffer.from(Uint8Array.from({ length: bytes }, (_, at) => (at * 7 + (at >> 8) * 13) & 0x7f)).toString(
    'base64',
  );
}

/** Break the contents into lines, as clients did in XML. */
function lines(size: Size): string {
  const [length, indent] = size === '1 KiB' ? [lineLengths.guide, '        '] : [lineLengths.mime, ''];
  const found = contents(size).match(new RegExp(`.{1,${length}}`, 'g')) ?? [];
  return found.map((line) => `\n${indent}${line}`).join('');
}

/** Create the rebuild of the legacy API guide in XML. */
export function rebuildXml(size: Size): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rebuild
    xmlns="http://docs.openstack.org/compute/api/v1.1"
    name="foobar"
    imageRef="${cloudUrl}/v1.1/32278/images/${imageId}"
    accessIPv4="1.2.3.4"
    accessIPv6="fe80::100"
    adminPass="seekr3t">
  <metadata>
    <meta key="My Server Name">Apache1</meta>
  </metadata>
  <personality>
    <file path="/etc/banner.txt">${lines(size)}
    </file>
  </personality>
</rebuild>
`;
}

/** Create the same rebuild in JSON. */
export function rebuildJson(size: Size): string {
  return JSON.stringify({
    rebuild: {
      imageRef: `${cloudUrl}/v1.1/32278/images/${imageId}`,
      name: 'foobar',
      accessIPv4: '1.2.3.4',
      accessIPv6: 'fe80::100',
      adminPass: 'seekr3t',
      metadata: { 'My Server Name': 'Apache1' },
      personality: [{ path: '/etc/banner.txt', contents: contents(size) }],
    },
  });
}

function link(path: string, rel: string): Readonly<Record<string, string>> {
  return { rel, href: `${cloudUrl}${path}` };
}

function addressOf(number: number): Readonly<Record<string, unknown>> {
  const bytes = [number >> 8, number & 255];
  const mac = ['fa:16:3e:00', ...bytes.map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
  return {
    version: 4,
    addr: `192.168.${bytes.join('.')}`,
    'OS-EXT-IPS:type': 'fixed',
    'OS-EXT-IPS-MAC:mac_addr': mac,
  };
}

/** Create a server as Nova shows it at microversion 2.1; `number` makes it unique in a list. */
function server(number: number): Readonly<Record<string, unknown>> {
  const id = number === 0 ? benchServerId : benchServerId.replace(/^.{8}/, number.toString(16).padStart(8, '0'));
  return {
    id,
    name: `web-${number}`,
    status: 'ACTIVE',
    tenant_id: benchProject,
    user_id: 'ed2965d80d394be0b41e56f50ac650ca',
    metadata: { 'My Server Name': 'Apache1' },
    hostId: 'fd16ebd9c2629e8595875cc1e1400fa67f392431d7937fcc9cf37671',
    image: { id: imageId, links: [link(`/${benchProject}/images/${imageId}`, 'bookmark')] },
    flavor: { id: '1', links: [link(`/${benchProject}/flavors/1`, 'bookmark')] },
    created: '2016-09-19T01:13:26Z',
    updated: '2016-09-19T01:13:41Z',
    addresses: { private: [addressOf(number)] },
    accessIPv4: '1.2.3.4',
    accessIPv6: '80fe::',
    links: [link(`/v2.1/${benchProject}/servers/${id}`, 'self'), link(`/${benchProject}/servers/${id}`, 'bookmark')],
    'OS-DCF:diskConfig': 'AUTO',
    progress: 0,
    'OS-EXT-AZ:availability_zone': 'nova',
    config_drive: '',
    key_name: 'web-key',
    'OS-SRV-USG:launched_at': '2016-09-19T01:13:41.000000',
    'OS-SRV-USG:terminated_at': null,
    security_groups: [{ name: 'default' }],
    'OS-EXT-STS:task_state': null,
    'OS-EXT-STS:vm_state': 'active',
    'OS-EXT-STS:power_state': 1,
    'os-extended-volumes:volumes_attached': [],
  };
}

/** The body of the cloud's response to a rebuild: the server and its new password. */
export const rebuildBody = JSON.stringify({
  server: {
    accessIPv4: '1.2.3.4',
    accessIPv6: 'fe80::100',
    addresses: { private: [{ addr: '192.168.0.3', version: 4 }] },
    adminPass: 'seekr3t',
    created: '2012-09-12T17:20:36Z',
    flavor: { id: '1', links: [{ href: `${cloudUrl}/openstack/flavors/1`, rel: 'bookmark' }] },
    hostId: '1e3da81662354c25560b7e5ea6d8123031f67168b6992f20bb84df69',
    id: benchServerId,
    image: { id: imageId, links: [{ href: `${cloudUrl}/openstack/images/${imageId}`, rel: 'bookmark' }] },
    links: [
      { href: `${cloudUrl}/v2/openstack/servers/${benchServerId}`, rel: 'self' },
      { href: `${cloudUrl}/openstack/servers/${benchServerId}`, rel: 'bookmark' },
    ],
    metadata: { 'meta var': 'meta val' },
    name: 'foobar',
    progress: 0,
    status: 'REBUILD',
    tenant_id: 'openstack',
    updated: '2012-09-12T17:20:37Z',
    user_id: 'fake',
    'OS-DCF:diskConfig': 'MANUAL',
  },
});

/** The body of the cloud's response with one server. */
export const showBody = JSON.stringify({ server: server(0) });

/** The lengths of the requested lists. */
export const listLengths = [1, 100, 1000] as const;

/** Create the body of the cloud's response with a detailed list of servers. */
export function listBody(length: number): string {
  return JSON.stringify({ servers: Array.from({ length }, (_, number) => server(number)) });
}

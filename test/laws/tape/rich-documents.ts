/** A server with each kind of member, as a cloud may show it: several entries in each map, links of each kind, null and empty values. */
const richServer = {
  id: 'ea681a24-9b24-4f49-98ef-8e1f73acf19e',
  name: 'web & <1>',
  status: 'ERROR',
  tenant_id: 'p',
  user_id: 7,
  metadata: { b: '1', a: 'x', c: 3, d: null },
  hostId: '',
  image: '',
  flavor: { id: '1', links: [{ rel: 'bookmark', href: 'http://cloud.example.com/p/flavors/1' }] },
  created: '2016-09-19T01:13:26Z',
  updated: '2016-09-19T01:13:41.000000',
  addresses: {
    private: [
      { version: 4, addr: '10.0.0.2', 'OS-EXT-IPS:type': 'fixed', 'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01' },
      { version: 6, addr: 'fe80::1' },
    ],
    public: [{ version: 4, addr: '203.0.113.7' }],
    none: [],
  },
  accessIPv4: null,
  links: [
    { rel: 'self', href: 'http://cloud.example.com/v2.1/p/servers/1' },
    { rel: 'bookmark', href: 'http://cloud.example.com/p/servers/1' },
    { rel: 'alternate', href: 'http://images.example.com/v2/images/2', type: 'application/vnd.openstack.image' },
    { rel: 'describedby', href: 'http://docs.example.com/v2/p' },
    { href: 'http://cloud.example.com/compute/v2.1/p/servers/1' },
  ],
  fault: { code: 500, created: '2016-09-19T01:13:41Z', message: 'No valid host', details: 'x\ny' },
  'OS-DCF:diskConfig': 'AUTO',
  progress: 0,
  'OS-EXT-AZ:availability_zone': '',
  config_drive: 'True',
  'OS-SRV-USG:launched_at': '2016-09-19T01:13:41.000000',
  'OS-SRV-USG:terminated_at': null,
  'OS-EXT-SRV-ATTR:host': 'host-1',
  'OS-EXT-STS:task_state': null,
  'OS-EXT-STS:vm_state': 'error',
  'OS-EXT-STS:power_state': 4,
  'os-extended-volumes:volumes_attached': [{ id: 'v1' }, { id: 'v2' }],
  security_groups: [{ name: 'default' }, { name: 'é' }],
  unknown: { links: [{ href: 'http://cloud.example.com/v2.1/p' }] },
};

/** The document of that server. */
export const richServerDocument = JSON.stringify({ server: richServer });

/** A list of two such servers, as Python writes it, with a link to the next page. */
export const richServersDocument = JSON.stringify({
  servers: [richServer, { ...richServer, image: null, 'OS-EXT-SRV-ATTR:host': undefined }],
  servers_links: [{ rel: 'next', href: 'http://cloud.example.com/v2.1/p/servers?marker=1' }],
}).replace(/([,:])(?=["[{\dn])/g, '$1 ');

/** The limits of a project: a map whose values are attributes, and lists in a list. */
export const limitsDocument = JSON.stringify({
  limits: {
    rate: [
      {
        regex: '.*',
        uri: '*',
        limit: [{ verb: 'POST', value: 10, unit: 'MINUTE', remaining: 2, 'next-available': 'x' }, {}],
      },
    ],
    absolute: { maxServerMeta: 128, maxTotalRAMSize: 51_200, 'a:b': -1, totalCoresUsed: null },
  },
});

/** A list whose link to the next page XML has too. */
export const briefServersDocument = JSON.stringify({
  servers: [{ id: '1', name: 'a', links: richServer.links }, { id: 2 }],
  servers_links: [{ rel: 'next', href: 'http://cloud.example.com/v2.1/p/servers?marker=1' }],
});

/** The bodies that the cloud must receive for requests of real clients other than rebuilds. */
export const sentBodies: Readonly<Record<string, unknown>> = {
  'tempest-metadata-update.http': { metadata: { key1: 'alt1', key3: 'value3' } },
  'tempest-metadata-item-set.http': { meta: { nova: 'alt' } },
  'tempest-update-server.http': { server: { name: 'server-124648381' } },
  'tempest-reboot.http': { reboot: { type: 'HARD' } },
  'tempest-resize.http': { resize: { flavorRef: '2' } },
  'tempest-change-password.http': { changePassword: { adminPass: 'Newpass1234' } },
  'cloudcafe-update-server.http': { server: { name: 'cloudcafe-renamed' } },
  'powerclient-create-server.http': {
    server: { imageRef: '70a599e0-31e7-49b7-b260-868f441e862b', flavorRef: '2', name: 'ps-server' },
  },
  'powerclient-change-password.http': { changePassword: { adminPass: 'n3wPass' } },
  'accords-create-server.http': {
    server: {
      imageRef: '70a599e0-31e7-49b7-b260-868f441e862b',
      flavorRef: '1',
      name: 'accords',
      metadata: { ServerName: 'accords' },
    },
  },
  'fiware-add-floating-ip.http': { addFloatingIp: { address: '203.0.113.9' } },
};

import { type CloudProfile } from './cloud-profiles.ts';
import type { ImageRecord } from './image-record.ts';
import type { KeyPairRecord } from './key-pair-record.ts';
import { CREATED, CREATION, IMAGES, KEY_PAIRS, SERVERS } from './seed-data.ts';
import type { ServerRecord } from './server-record.ts';

const FIRST_ADDRESS = 119;

/** Create the servers of a new cloud; each differs from the first in what its seed says. */
export function seedServers({ network, flavors }: CloudProfile): readonly ServerRecord[] {
  const [flavor] = flavors;
  return SERVERS.map(({ name, ...differences }, index) => ({
    address: `${network.prefix}.${FIRST_ADDRESS + index}`,
    macAddress: macAddressOf(FIRST_ADDRESS + index),
    created: CREATED,
    volumes: [],
    hidesUserData: false,
    isThrottled: false,
    name,
    hostname: name,
    imageRef: '155d900f-4e14-4e4c-a73d-069cbf4541e6',
    flavorId: flavor.id,
    oldFlavorId: null,
    metadata: { 'My Server Name': 'Apache1' },
    accessIPv4: '',
    accessIPv6: '',
    diskConfig: 'MANUAL',
    description: null,
    keyName: 'web-key',
    userData: null,
    adminPassword: null,
    certificates: null,
    locked: false,
    fault: null,
    updated: Date.parse(CREATED),
    vmState: 'active',
    task: null,
    actions: [{ action: 'create', requestId: CREATION, started: Date.parse(CREATED) }],
    ...differences,
  }));
}

/** Create the images of a new cloud. */
export function seedImages(): readonly ImageRecord[] {
  return IMAGES.map(({ id, name }) => ({
    id,
    name,
    created: CREATED,
    updated: CREATED,
    bytes: 1024,
    minimumDisk: 0,
    serverId: null,
    metadata: { architecture: 'x86_64' },
  }));
}

/** Create the key pairs of a new cloud. */
export function seedKeyPairs(): readonly KeyPairRecord[] {
  return KEY_PAIRS.map((pair, index) => ({ ...pair, number: index + 1, type: 'ssh', created: CREATED }));
}

/** Create the address of a network card from the last number of its IP address. */
export function macAddressOf(number: number): string {
  return `fa:16:3e:00:00:${number.toString(16).padStart(2, '0')}`;
}

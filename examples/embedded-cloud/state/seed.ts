import type { CloudProfile } from './cloud-profiles.ts';
import type { ServerRecord } from './server-record.ts';

/** The only project; its id is hexadecimal because Nova's routes require it. */
export const PROJECT = '6f70656e737461636b20342065766572';

/** The user of every token. */
export const USER = 'ed2965d80d394be0b41e56f50ac650ca';

/** The host of every server, in the form of Nova's hash with the project. */
export const HOST_ID = 'fd16ebd9c2629e8595875cc1e1400fa67f392431d7937fcc9cf37671';

/** The ids of the images. */
export const IMAGES = [
  '70a599e0-31e7-49b7-b260-868f441e862b',
  '3ed456f5-3d8f-4383-a6c9-312032afcd1a',
  '155d900f-4e14-4e4c-a73d-069cbf4541e6',
] as const;

/** The names of the key pairs. */
export const KEY_PAIRS = ['web-key', 'spare-key'] as const;

const CREATED = '2016-09-19T01:13:26Z';

const SERVERS = [
  { id: 'ea681a24-9b24-4f49-98ef-8e1f73acf19e', name: 'web-1', number: 119 },
  { id: '075e40fe-9f03-4652-ba8e-5f8e2547899a', name: 'web-2', number: 120 },
] as const;

/** Creates the two servers of a new cloud, both ACTIVE. */
export function seedServers({ network }: CloudProfile): readonly ServerRecord[] {
  return SERVERS.map(({ id, name, number }) => ({
    id,
    address: `${network.prefix}.${number}`,
    macAddress: `fa:16:3e:00:00:${number.toString(16)}`,
    created: CREATED,
    name,
    hostname: name,
    imageRef: '155d900f-4e14-4e4c-a73d-069cbf4541e6',
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
    updated: Date.parse(CREATED),
    vmState: 'active',
    rebuild: null,
  }));
}

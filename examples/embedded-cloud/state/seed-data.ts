import type { ServerRecord } from './server-record.ts';

/** The only project; its id is hexadecimal because Nova's routes require it. */
export const PROJECT = '6f70656e737461636b20342065766572';

/** The user of every token. */
export const USER = 'ed2965d80d394be0b41e56f50ac650ca';

/** The host of every server, in the form of Nova's hash with the project. */
export const HOST_ID = 'fd16ebd9c2629e8595875cc1e1400fa67f392431d7937fcc9cf37671';

/** The image service, whose addresses are in links only. */
export const GLANCE = 'http://glance.example.com';

/** The ids of the parts of the only network. */
export const NETWORK = {
  id: '443dd9e3-c165-4764-ad92-b17fcf12a3eb',
  subnetId: 'f8a6e8f8-c2ec-497c-9f23-da9616de54ef',
} as const;

/** The time of everything that a new cloud has. */
export const CREATED = '2016-09-19T01:13:26Z';

/** The request that created the servers of a new cloud. */
export const CREATION = 'req-3d734a37-d74a-4e1b-8b1c-44ec2edfa3de';

/** The volume from which the server `volume-1` boots, and the image that was copied to it. */
export const VOLUME = {
  id: 'a07f71dc-8151-4e7d-a0cc-cd24a3f11113',
  imageRef: '155d900f-4e14-4e4c-a73d-069cbf4541e6',
} as const;

/** The images. */
export const IMAGES = [
  { id: '70a599e0-31e7-49b7-b260-868f441e862b', name: 'debian-12' },
  { id: '3ed456f5-3d8f-4383-a6c9-312032afcd1a', name: 'ubuntu-22.04' },
  { id: '155d900f-4e14-4e4c-a73d-069cbf4541e6', name: 'cirros-0.3.0' },
] as const;

const PUBLIC_KEY =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDx8nkQv/zgGgB4rMYmIf+6A4l6Rr+o/6lHBQdW5aYd44bd8JttDCE/F/pNRr0lRE+PiqSPO8nDPHw' +
  '0010JeMH9gYgnnFlyY3/OcJ02RhIPyyxYpzAWmRlBmoulSw4cJ0tR0dCaFxRz8wTqAjEX/YCWHfNpSWyfsXcJCRVy5Wzntw== demo';

/** The key pairs. */
export const KEY_PAIRS = [
  { name: 'web-key', publicKey: PUBLIC_KEY },
  { name: 'spare-key', publicKey: PUBLIC_KEY },
] as const;

/** A server of the seed: its id, its name, and its differences from a plain ACTIVE server. */
export interface ServerSeed extends Partial<ServerRecord> {
  readonly id: string;
  readonly name: string;
}

/** The servers: two plain ones, and one for each situation in which a client may meet a surprise. */
export const SERVERS: readonly ServerSeed[] = [
  { id: 'ea681a24-9b24-4f49-98ef-8e1f73acf19e', name: 'web-1' },
  { id: '075e40fe-9f03-4652-ba8e-5f8e2547899a', name: 'web-2' },
  {
    id: 'b0b4ac50-0d07-4ec5-9c3c-3ad8a2ff0b6e',
    name: 'broken-1',
    vmState: 'error',
    fault: { code: 500, message: 'No valid host was found. There are not enough hosts available.' },
  },
  {
    id: 'c3eec461-b11a-443e-9d9f-c91d1dfc6c42',
    name: 'volume-1',
    imageRef: '',
    volumes: [VOLUME.id],
  },
  {
    id: 'd8a32f0c-5a7e-4b51-8f67-6c2f1b0f5a11',
    name: 'script-1',
    hidesUserData: true,
    userData: Buffer.from('#!/bin/sh\npasswd -l root\n').toString('base64'),
  },
  { id: 'e5c1f7a2-93d4-4e0b-b8f5-0f4b6a1d2c33', name: 'busy-1', isThrottled: true },
];

/** The modern clouds that can be embedded. */
export type CloudKind = 'nova' | 'ecs';

/** A flavor, by reference until microversion 2.46 and embedded from 2.47 on. */
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  readonly ram: number;
  readonly disk: number;
}

/** Everything in which one kind of cloud differs from the other; the code asks this table and never the kind. */
export interface CloudProfile {
  /** The highest microversion is 2.x with this x; the lowest is 2.1 everywhere. */
  readonly maximumMinor: number;
  readonly flavor: Flavor;
  /** The name of the only network, and the first three bytes of its addresses. */
  readonly network: { readonly name: string; readonly prefix: string };
  /** The identity service that a 401 points to. */
  readonly identity: string;
  /** What every link in an answer begins with, from the Host header of the request. */
  linkOrigin(host: string): string;
  /** Whether the 202 of a rebuild has a Location header. */
  readonly sendsLocation: boolean;
  /** Rebuild members that are refused though Nova's schema has them. */
  readonly refusedMembers: readonly string[];
  /** The most bytes of user_data, before base64. */
  readonly maximumUserDataBytes: number;
}

/** The two kinds: a Nova of release Zed, and ECS (Nova of release Queens behind Huawei's gateway). */
export const PROFILES: Readonly<Record<CloudKind, CloudProfile>> = {
  nova: {
    maximumMinor: 93,
    flavor: { id: '1', name: 'm1.tiny', vcpus: 1, ram: 512, disk: 1 },
    network: { name: 'private', prefix: '192.168.1' },
    identity: 'http://keystone.example.com/v3',
    linkOrigin: (host) => `http://${host}`,
    sendsLocation: true,
    refusedMembers: [],
    maximumUserDataBytes: Number.POSITIVE_INFINITY,
  },
  ecs: {
    maximumMinor: 60,
    flavor: { id: 's3.xlarge.1', name: 's3.xlarge.1', vcpus: 4, ram: 4096, disk: 0 },
    network: { name: '443dd9e3-c165-4764-ad92-b17fcf12a3eb', prefix: '192.168.0' },
    identity: 'https://iam.example.com/v3',
    linkOrigin: () => 'https://None',
    sendsLocation: false,
    refusedMembers: ['accessIPv4', 'accessIPv6', 'personality', 'preserve_ephemeral', 'OS-DCF:diskConfig'],
    maximumUserDataBytes: 32_768,
  },
};

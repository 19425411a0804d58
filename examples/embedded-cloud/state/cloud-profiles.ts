/** The modern clouds that can be embedded. */
export type CloudKind = 'nova' | 'ecs';

/** A flavor; servers refer to it until microversion 2.46 and embed it from 2.47 on. */
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  readonly ram: number;
  readonly disk: number;
}

/** The differences between the kinds of clouds, so that no other code depends on the kind. */
export interface CloudProfile {
  /** The x of the highest microversion 2.x; the lowest is 2.1. */
  readonly maximumMinor: number;
  readonly flavor: Flavor;
  /** The only network: its name, and the first three bytes of its addresses. */
  readonly network: { readonly name: string; readonly prefix: string };
  /** The URL of the identity service in a 401. */
  readonly identity: string;
  /** Returns the origin of all links, given the Host header field of the request. */
  linkOrigin(host: string): string;
  /** True if the 202 of a rebuild has a Location header. */
  readonly sendsLocation: boolean;
  /** Members of a rebuild that the cloud refuses although Nova's schema has them. */
  readonly refusedMembers: readonly string[];
  /** True if a rebuild sets the administrator's password; without it, the password is accepted and repeated, without effect. */
  readonly setsPassword: boolean;
  /** The limit of user_data in bytes, before base64. */
  readonly maximumUserDataBytes: number;
}

/** The clouds by kind: Nova of release Zed, and ECS (Nova of release Queens behind Huawei's gateway). */
export const PROFILES: Readonly<Record<CloudKind, CloudProfile>> = {
  nova: {
    maximumMinor: 93,
    flavor: { id: '1', name: 'm1.tiny', vcpus: 1, ram: 512, disk: 1 },
    network: { name: 'private', prefix: '192.168.1' },
    identity: 'http://keystone.example.com/v3',
    linkOrigin: (host) => `http://${host}`,
    sendsLocation: true,
    refusedMembers: [],
    setsPassword: true,
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
    setsPassword: false,
    maximumUserDataBytes: 32_768,
  },
};

import { NETWORK } from './seed-data.ts';

/** The modern clouds that can be embedded. */
export type CloudKind = 'nova' | 'ecs';

/** A flavor; servers refer to it until microversion 2.46 and embed it from 2.47 on. */
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  readonly ram: number;
  readonly disk: number;
  readonly extraSpecs: Readonly<Record<string, string>>;
}

/** The requests that have members of a server. */
export type ServerRequest = 'create' | 'update' | 'rebuild';

/** The differences between the kinds of clouds, so that no other code depends on the kind. */
export interface CloudProfile {
  /** The x of the highest microversion 2.x; the lowest is 2.1. */
  readonly maximumMinor: number;
  /** The flavors, the first of which the servers of a new cloud have. */
  readonly flavors: readonly [Flavor, ...Flavor[]];
  /** The only network: its name, and the first three bytes of its addresses. */
  readonly network: { readonly name: string; readonly prefix: string };
  /** Returns the origin of all links, given the Host header field of the request. */
  linkOrigin(host: string): string;
  /** True if the 202 of a rebuild has a Location header. */
  readonly sendsLocation: boolean;
  /** Members of a server that the cloud refuses although Nova's schema has them, by the request that has them. */
  readonly refusedMembers: Readonly<Record<ServerRequest, readonly string[]>>;
  /** True if a rebuild sets the administrator's password; without it, the password is accepted and repeated, without effect. */
  readonly setsPassword: boolean;
  /** The limit of user_data in bytes, before base64. */
  readonly maximumUserDataBytes: number;
  /** True if a server in ERROR may be rebuilt. */
  readonly rebuildsFromError: boolean;
  /** The last x of the microversions 2.x at which a server that boots from a volume keeps its image. */
  readonly volumeKeepsImageUntil: number;
  /** The response to a client that sends too many requests. */
  readonly throttling: 'over-limit' | 'flow-limit';
}

/** The clouds by kind: Nova of release Zed, and ECS (Nova of release Queens behind Huawei's gateway). */
export const PROFILES: Readonly<Record<CloudKind, CloudProfile>> = {
  nova: {
    maximumMinor: 93,
    flavors: [
      { id: '1', name: 'm1.tiny', vcpus: 1, ram: 512, disk: 1, extraSpecs: {} },
      { id: '2', name: 'm1.small', vcpus: 1, ram: 2048, disk: 20, extraSpecs: {} },
      { id: '3', name: 'm1.medium', vcpus: 2, ram: 4096, disk: 40, extraSpecs: { 'hw:cpu_policy': 'shared' } },
    ],
    network: { name: 'private', prefix: '192.168.1' },
    linkOrigin: (host) => `http://${host}`,
    sendsLocation: true,
    refusedMembers: { create: [], update: [], rebuild: [] },
    setsPassword: true,
    maximumUserDataBytes: Number.POSITIVE_INFINITY,
    rebuildsFromError: true,
    volumeKeepsImageUntil: 92,
    throttling: 'over-limit',
  },
  ecs: {
    maximumMinor: 60,
    flavors: [
      { id: 's3.xlarge.1', name: 's3.xlarge.1', vcpus: 4, ram: 4096, disk: 0, extraSpecs: {} },
      { id: 's3.medium.1', name: 's3.medium.1', vcpus: 1, ram: 1024, disk: 0, extraSpecs: {} },
      {
        id: 's3.2xlarge.1',
        name: 's3.2xlarge.1',
        vcpus: 8,
        ram: 8192,
        disk: 0,
        extraSpecs: { 'ecs:performancetype': 'normal' },
      },
    ],
    network: { name: NETWORK.id, prefix: '192.168.0' },
    linkOrigin: () => 'https://None',
    sendsLocation: false,
    refusedMembers: {
      create: ['accessIPv4', 'accessIPv6', 'personality', 'config_drive'],
      update: ['accessIPv4', 'accessIPv6'],
      rebuild: ['accessIPv4', 'accessIPv6', 'personality', 'preserve_ephemeral', 'OS-DCF:diskConfig'],
    },
    setsPassword: false,
    maximumUserDataBytes: 32_768,
    rebuildsFromError: false,
    volumeKeepsImageUntil: 0,
    throttling: 'flow-limit',
  },
};

import type { Call } from '../call/call.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { QUOTAS } from '../checks/quotas.ts';
import { PROJECT } from '../state/seed-data.ts';

const UNLIMITED = -1;

/** A limit or a count, and the last microversion 2.x that has it. */
interface Limit {
  readonly name: string;
  readonly until: number;
  readonly value: number;
}

/** Respond to GET /limits: the quotas, and how much of them is in use. */
export function answerLimits(call: Call): Answer {
  const absolute = [...LIMITS, ...usesOf(call)]
    .filter(({ until }) => call.scope.minor <= until)
    .map(({ name, value }) => [name, value]);
  return jsonAnswer(200, { limits: { rate: [], absolute: Object.fromEntries(absolute) } });
}

/** Respond to GET /os-quota-sets/{project} and .../defaults, which are the same here. */
export function answerQuotaSet(call: Call): Answer {
  const quotas = QUOTA_SET.filter(({ until }) => call.scope.minor <= until).map(({ name, value }) => [name, value]);
  return jsonAnswer(200, { quota_set: { id: PROJECT, ...Object.fromEntries(quotas) } });
}

/** The last microversion before the limits of networks and images moved to their own services. */
const PROXIES = 35;
/** The last microversion before files could no longer be injected. */
const FILES = 56;

const LIMITS: readonly Limit[] = [
  always('maxTotalInstances', UNLIMITED),
  always('maxTotalCores', UNLIMITED),
  always('maxTotalRAMSize', UNLIMITED),
  always('maxServerMeta', QUOTAS.metadataItems),
  until('maxImageMeta', 38, QUOTAS.metadataItems),
  until('maxPersonality', FILES, QUOTAS.files),
  until('maxPersonalitySize', FILES, QUOTAS.contents),
  always('maxTotalKeypairs', QUOTAS.keyPairs),
  always('maxServerGroups', 10),
  always('maxServerGroupMembers', 10),
  until('maxTotalFloatingIps', PROXIES, UNLIMITED),
  until('maxSecurityGroups', PROXIES, UNLIMITED),
  until('maxSecurityGroupRules', PROXIES, UNLIMITED),
];

const QUOTA_SET: readonly Limit[] = [
  always('cores', UNLIMITED),
  until('fixed_ips', PROXIES, UNLIMITED),
  until('floating_ips', PROXIES, UNLIMITED),
  until('injected_file_content_bytes', FILES, QUOTAS.contents),
  until('injected_file_path_bytes', FILES, QUOTAS.path),
  until('injected_files', FILES, QUOTAS.files),
  always('instances', UNLIMITED),
  always('key_pairs', QUOTAS.keyPairs),
  always('metadata_items', QUOTAS.metadataItems),
  always('ram', UNLIMITED),
  until('security_group_rules', PROXIES, UNLIMITED),
  until('security_groups', PROXIES, UNLIMITED),
  always('server_group_members', 10),
  always('server_groups', 10),
];

function usesOf({ cloud }: Call): readonly Limit[] {
  const used = [...cloud.servers.values()].map(({ flavorId }) =>
    cloud.profile.flavors.find(({ id }) => id === flavorId),
  );
  return [
    always('totalRAMUsed', sum(used.map((flavor) => flavor?.ram ?? 0))),
    always('totalCoresUsed', sum(used.map((flavor) => flavor?.vcpus ?? 0))),
    always('totalInstancesUsed', used.length),
    until('totalFloatingIpsUsed', PROXIES, 0),
    until('totalSecurityGroupsUsed', PROXIES, 0),
    always('totalServerGroupsUsed', 0),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function always(name: string, value: number): Limit {
  return until(name, Number.POSITIVE_INFINITY, value);
}

function until(name: string, last: number, value: number): Limit {
  return { name, until: last, value };
}

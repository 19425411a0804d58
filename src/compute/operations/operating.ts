import {
  attribute,
  boolean,
  datetime,
  dict,
  element,
  inline,
  integer,
  list,
  named,
  record,
  string,
} from '../../schema/words.ts';
import { none, unlinked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { metadata } from '../resources/metadata.ts';

const serviceState = record({
  available: attribute(boolean()),
  active: attribute(boolean()),
  updated_at: attribute(datetime()),
});

const zone = record({
  zoneName: attribute(string(), { xml: 'name' }),
  zoneState: element(record({ available: attribute(boolean()) })),
  hosts: element(
    dict(dict(serviceState, { tag: 'service', key: 'name', inside: 'serviceState' }), {
      tag: 'host',
      key: 'name',
      inside: 'services',
    }),
  ),
  metadata: element(metadata, { always: true }),
});

const zones = {
  root: 'availabilityZones',
  isBare: true,
  content: record({ availabilityZoneInfo: inline(list(zone, { tag: 'availabilityZone' }), { required: true }) }),
  ...none,
} as const;

/** The availability zones: GET os-availability-zone. */
export const listAvailabilityZones = {
  name: 'listAvailabilityZones',
  method: 'GET',
  route: 'os-availability-zone',
  answer: zones,
  status: 200,
} as const satisfies Operation;

/** The availability zones with their hosts and services: GET os-availability-zone/detail. */
export const listAvailabilityZonesDetail = {
  name: 'listAvailabilityZonesDetail',
  method: 'GET',
  route: 'os-availability-zone/detail',
  answer: zones,
  status: 200,
} as const satisfies Operation;

const quota = element(integer(), { eitherWay: true });

const amounts = {
  cores: quota,
  fixed_ips: quota,
  floating_ips: quota,
  injected_file_content_bytes: quota,
  injected_file_path_bytes: quota,
  injected_files: quota,
  instances: quota,
  key_pairs: quota,
  metadata_items: quota,
  ram: quota,
  security_group_rules: quota,
  security_groups: quota,
};

const quotaSet = { root: 'quota_set', content: record({ id: attribute(string()), ...amounts }), ...none } as const;

/** What a project may use: GET os-quota-sets/{project_id}. */
export const showQuotaSet = {
  name: 'showQuotaSet',
  method: 'GET',
  route: 'os-quota-sets/{project_id}',
  answer: quotaSet,
  status: 200,
} as const satisfies Operation;

/** What any project may use: GET os-quota-sets/{project_id}/defaults. */
export const showDefaultQuotaSet = {
  name: 'showDefaultQuotaSet',
  method: 'GET',
  route: 'os-quota-sets/{project_id}/defaults',
  answer: quotaSet,
  status: 200,
} as const satisfies Operation;

/** Changes what a project may use: PUT os-quota-sets/{project_id}. */
export const updateQuotaSet = {
  name: 'updateQuotaSet',
  method: 'PUT',
  route: 'os-quota-sets/{project_id}',
  request: {
    root: 'quota_set',
    content: record({ force: element(boolean(), { eitherWay: true }), ...amounts }),
    ...none,
  },
  answer: quotaSet,
  status: 200,
} as const satisfies Operation;

/** Changes a project's quotas back to what any project may use: DELETE os-quota-sets/{project_id}. */
export const deleteQuotaSet = {
  name: 'deleteQuotaSet',
  method: 'DELETE',
  route: 'os-quota-sets/{project_id}',
  status: 202,
} as const satisfies Operation;

/** What a hypervisor counts of a server: GET servers/{server_id}/diagnostics. */
export const showDiagnostics = {
  name: 'showDiagnostics',
  method: 'GET',
  route: 'servers/{server_id}/diagnostics',
  answer: { root: 'diagnostics', isBare: true, content: named(integer()), ...unlinked },
  status: 200,
} as const satisfies Operation;

const done = {
  instance_uuid: attribute(string()),
  user_id: attribute(string()),
  start_time: attribute(datetime()),
  request_id: attribute(string()),
  action: attribute(string()),
  message: attribute(string()),
  project_id: attribute(string()),
};

const event = record({
  finish_time: attribute(datetime()),
  start_time: attribute(datetime()),
  traceback: attribute(string()),
  event: attribute(string()),
  result: attribute(string()),
});

/** What was done to a server: GET servers/{server_id}/os-instance-actions. */
export const listInstanceActions = {
  name: 'listInstanceActions',
  method: 'GET',
  route: 'servers/{server_id}/os-instance-actions',
  answer: { root: 'instanceActions', content: list(record(done), { tag: 'instanceAction' }), ...none },
  status: 200,
} as const satisfies Operation;

/** One thing that was done to a server: GET servers/{server_id}/os-instance-actions/{request_id}. */
export const showInstanceAction = {
  name: 'showInstanceAction',
  method: 'GET',
  route: 'servers/{server_id}/os-instance-actions/{request_id}',
  answer: {
    root: 'instanceAction',
    content: record({ ...done, events: inline(list(event, { tag: 'events' })) }),
    ...none,
  },
  status: 200,
} as const satisfies Operation;

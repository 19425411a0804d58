import { attribute, boolean, element, integer, jsonOnly, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const quota = element(integer(), { eitherWay: true });
/** What came after XML. */
const laterQuotas = { server_groups: jsonOnly(integer()), server_group_members: jsonOnly(integer()) };

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

/** In an answer each has its element, whether there is such a quota or not. */
const shown = element(integer(), { always: true });
const alwaysShown = {
  cores: shown,
  fixed_ips: shown,
  floating_ips: shown,
  injected_file_content_bytes: shown,
  injected_file_path_bytes: shown,
  injected_files: shown,
  instances: shown,
  key_pairs: shown,
  metadata_items: shown,
  ram: shown,
  security_group_rules: shown,
  security_groups: shown,
};

const quotaSet = {
  root: 'quota_set',
  content: record({ id: attribute(string()), ...alwaysShown, ...laterQuotas }),
  ...none,
} as const;

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
    content: record({ force: element(boolean(), { eitherWay: true }), ...amounts, ...laterQuotas }),
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

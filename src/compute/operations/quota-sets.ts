import { attribute, boolean, element, integer, jsonOnly, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { eitherWay } from '../resources/request-scalars.ts';

const quota = element(integer(), eitherWay);
/** Quotas that Nova added after it had removed XML. */
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

/** An element that is always written: legacy Nova's template had one for each quota, even without a value. */
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
  ...noNamespace,
} as const;

/** Show the quotas of a project. */
export const showQuotaSet = {
  name: 'showQuotaSet',
  method: 'GET',
  route: 'os-quota-sets/{project_id}',
  answer: quotaSet,
  status: 200,
} as const satisfies Operation;

/** Show the default quotas. */
export const showDefaultQuotaSet = {
  name: 'showDefaultQuotaSet',
  method: 'GET',
  route: 'os-quota-sets/{project_id}/defaults',
  answer: quotaSet,
  status: 200,
} as const satisfies Operation;

/** Change the quotas of a project. */
export const updateQuotaSet = {
  name: 'updateQuotaSet',
  method: 'PUT',
  route: 'os-quota-sets/{project_id}',
  request: {
    root: 'quota_set',
    // Callers send back what they were shown: legacy Nova knew the id, and took the project from the path.
    content: record(
      { force: element(boolean(), eitherWay), ...amounts, ...laterQuotas },
      { ignored: ['id', 'tenant_id'] },
    ),
    ...noNamespace,
  },
  answer: quotaSet,
  status: 200,
} as const satisfies Operation;

/** Reset the quotas of a project to the defaults. */
export const deleteQuotaSet = {
  name: 'deleteQuotaSet',
  method: 'DELETE',
  route: 'os-quota-sets/{project_id}',
  status: 202,
} as const satisfies Operation;

const quotaClassSet = { ...quotaSet, root: 'quota_class_set' } as const;

/** Show the quotas of a class. Nova knows one class, the default. */
export const showQuotaClassSet = {
  name: 'showQuotaClassSet',
  method: 'GET',
  route: 'os-quota-class-sets/{class_name}',
  answer: quotaClassSet,
  status: 200,
} as const satisfies Operation;

/** Change the quotas of a class. */
export const updateQuotaClassSet = {
  name: 'updateQuotaClassSet',
  method: 'PUT',
  route: 'os-quota-class-sets/{class_name}',
  request: {
    root: 'quota_class_set',
    content: record({ ...amounts, ...laterQuotas }, { ignored: ['id', 'class_name'] }),
    ...noNamespace,
  },
  answer: quotaClassSet,
  status: 200,
} as const satisfies Operation;

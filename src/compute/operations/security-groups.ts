import { attribute, element, integer, list, record, string } from '../../schema/words.ts';
import { unlinked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { eitherWay, anyText, trimmedOrNumber } from '../resources/request-scalars.ts';

const always = { always: true } as const;

const rule = record({
  parent_group_id: attribute(string()),
  id: attribute(string()),
  ip_protocol: element(string(), always),
  from_port: element(integer(), always),
  to_port: element(integer(), always),
  group: element(record({ name: element(string(), always), tenant_id: element(string(), always) })),
  ip_range: element(record({ cidr: element(string(), always) })),
});

const group = record({
  tenant_id: attribute(string()),
  id: attribute(string()),
  name: attribute(string()),
  description: element(string(), always),
  rules: element(list(rule, { tag: 'rule' }), always),
});

const groupDocument = { root: 'security_group', content: group, ...unlinked } as const;
const groups = { root: 'security_groups', content: list(group, { tag: 'security_group' }), ...unlinked } as const;

const newGroup = {
  root: 'security_group',
  content: record({
    name: attribute(string(), eitherWay),
    description: element(anyText, eitherWay),
  }),
  ...unlinked,
} as const;

/** List the security groups of the project. */
export const listSecurityGroups = {
  name: 'listSecurityGroups',
  method: 'GET',
  route: 'os-security-groups',
  answer: groups,
  status: 200,
} as const satisfies Operation;

/** List the security groups of a server. */
export const listServerSecurityGroups = {
  name: 'listServerSecurityGroups',
  method: 'GET',
  route: 'servers/{server_id}/os-security-groups',
  answer: groups,
  status: 200,
} as const satisfies Operation;

/** Show one security group with its rules. */
export const showSecurityGroup = {
  name: 'showSecurityGroup',
  method: 'GET',
  route: 'os-security-groups/{security_group_id}',
  answer: groupDocument,
  status: 200,
} as const satisfies Operation;

/** Create a security group. */
export const createSecurityGroup = {
  name: 'createSecurityGroup',
  method: 'POST',
  route: 'os-security-groups',
  request: newGroup,
  answer: groupDocument,
  status: 200,
} as const satisfies Operation;

/** Change the name and description of a security group. */
export const updateSecurityGroup = {
  name: 'updateSecurityGroup',
  method: 'PUT',
  route: 'os-security-groups/{security_group_id}',
  request: newGroup,
  answer: groupDocument,
  status: 200,
} as const satisfies Operation;

/** Delete a security group. */
export const deleteSecurityGroup = {
  name: 'deleteSecurityGroup',
  method: 'DELETE',
  route: 'os-security-groups/{security_group_id}',
  status: 202,
} as const satisfies Operation;

const value = element(trimmedOrNumber, { ...eitherWay, nullable: true });
const port = element(integer({ isUnchecked: true }), { ...eitherWay, nullable: true });

/** Add a rule to a security group. */
export const createSecurityGroupRule = {
  name: 'createSecurityGroupRule',
  method: 'POST',
  route: 'os-security-group-rules',
  request: {
    root: 'security_group_rule',
    content: record({
      ip_protocol: value,
      from_port: port,
      to_port: port,
      cidr: value,
      group_id: value,
      parent_group_id: value,
    }),
    ...unlinked,
  },
  answer: { root: 'security_group_rule', content: rule, ...unlinked },
  status: 200,
} as const satisfies Operation;

/** Remove a rule from its security group. */
export const deleteSecurityGroupRule = {
  name: 'deleteSecurityGroupRule',
  method: 'DELETE',
  route: 'os-security-group-rules/{rule_id}',
  status: 202,
} as const satisfies Operation;

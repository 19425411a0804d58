import { type Call, parameter } from '../call/call.ts';
import { readBody } from '../call/read-body.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { refuseOverQuota } from '../checks/quotas.ts';
import { metadataRule } from '../checks/server-rules.ts';
import { type RequestMember, member } from '../validation/request-member.ts';
import type { Metadata, MetadataOwner } from './metadata-owner.ts';

/** Responds to a request for all metadata or one item of an owner. */
export type MetadataAnswer = (call: Call, owner: MetadataOwner) => Answer;

/** Responds to GET .../metadata. */
export const answerMetadata: MetadataAnswer = (call, owner) => jsonAnswer(200, { metadata: owner.read(call) });

/** Responds to POST .../metadata, which adds items. */
export const answerAddMetadata: MetadataAnswer = (call, owner) => {
  const given = readMetadata(call);
  return written(call, owner, { ...owner.read(call), ...given });
};

/** Responds to PUT .../metadata, which replaces all items. */
export const answerReplaceMetadata: MetadataAnswer = (call, owner) => {
  const given = readMetadata(call);
  owner.read(call);
  return written(call, owner, given);
};

/** Responds to GET .../metadata/{key}. */
export const answerMetadataItem: MetadataAnswer = (call, owner) => {
  const [key, value] = itemOf(call, owner);
  return jsonAnswer(200, { meta: { [key]: value } });
};

/** Responds to PUT .../metadata/{key}, whose body has the key again. */
export const answerSetMetadataItem: MetadataAnswer = (call, owner) => {
  const { meta } = readBody(call, ITEM_MEMBERS, { meta: {} });
  const key = parameter(call, 'key');
  const value = meta[key];
  if (value === undefined) throw new CloudFault(400, 'Request body and URI mismatch');
  written(call, owner, { ...owner.read(call), [key]: value });
  return jsonAnswer(200, { meta: { [key]: value } });
};

/** Responds to DELETE .../metadata/{key}. */
export const answerDeleteMetadataItem: MetadataAnswer = (call, owner) => {
  const [key] = itemOf(call, owner);
  owner.write(call, Object.fromEntries(Object.entries(owner.read(call)).filter(([name]) => name !== key)));
  return jsonAnswer(204);
};

const ALL_MEMBERS: readonly RequestMember<{ metadata: Metadata }>[] = [
  member('metadata', metadataRule, 'metadata', { required: true }),
];
const ITEM_MEMBERS: readonly RequestMember<{ meta: Metadata }>[] = [
  member('meta', metadataRule, 'meta', { required: true }),
];

function readMetadata(call: Call): Metadata {
  return readBody(call, ALL_MEMBERS, { metadata: {} }).metadata;
}

function itemOf(call: Call, owner: MetadataOwner): readonly [string, string] {
  const key = parameter(call, 'key');
  const value = owner.read(call)[key];
  if (value === undefined) throw owner.missing(call.incoming.received.method);
  return [key, value];
}

function written(call: Call, owner: MetadataOwner, metadata: Metadata): Answer {
  refuseOverQuota({ metadata });
  owner.write(call, metadata);
  return jsonAnswer(200, { metadata });
}

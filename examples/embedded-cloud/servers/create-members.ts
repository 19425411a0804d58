import { type RequestMember, type Rule, accepted, isObject, member, refused } from '../validation/request-member.ts';
import { atLeast, atMost, booleanLike, listRule, nullOr, oneOf, stringRule } from '../validation/rules.ts';
import { repr } from '../python/repr.ts';
import {
  type PersonalityFile,
  descriptionRule,
  hostnameRule,
  ipv4Rule,
  ipv6Rule,
  metadataRule,
  personalityRule,
  serverNameRule,
  userDataRule,
} from '../checks/server-rules.ts';

/** A parsed creation. Members that this cloud accepts without any effect are under `ignored`. */
export interface CreateOrder {
  name: string;
  flavorRef: string;
  imageRef?: string;
  adminPass?: string;
  metadata?: Readonly<Record<string, string>>;
  files?: readonly PersonalityFile[];
  accessIPv4?: string;
  accessIPv6?: string;
  diskConfig?: 'AUTO' | 'MANUAL';
  description?: string | null;
  keyName?: string;
  userData?: string;
  hostname?: string;
  volumes?: readonly string[];
  minimumCount?: number;
  maximumCount?: number;
  returnsReservation?: boolean;
  ignored?: unknown;
}

const anything: Rule<unknown> = (value) => accepted(value);

const objects = listRule<Readonly<Record<string, unknown>>>(
  (value, path) => (isObject(value) ? accepted(value) : refused(path, value, `${repr(value)} is not of type 'object'`)),
  () => undefined,
);

/** Accept a list of block devices and keep the ids of their volumes; `name` is the member with the id. */
function volumesUnder(name: string): Rule<readonly string[]> {
  return (value, path, scope) => {
    const result = objects(value, path, scope);
    if (result.kind === 'refused') return result;
    return accepted(result.value.map((device) => device[name]).filter((id) => typeof id === 'string'));
  };
}

/** Accepts an integer from 1 on, as a number or in digits. */
const countRule: Rule<number> = (value, path) => {
  const isCount =
    typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && /^\d+$/.test(value);
  if (!isCount) return refused(path, value, `${repr(value)} is not of type 'integer', 'string'`);
  return Number(value) >= 1
    ? accepted(Number(value))
    : refused(path, value, `${repr(value)} is less than the minimum of 1`);
};

/** Accepts an empty text, for a server that boots from a volume, or any other; the image is looked up later. */
const imageRule = stringRule();

/** Accepts the id of a flavor as a text or a number. */
const flavorRule: Rule<string> = (value, path, scope) =>
  typeof value === 'number' ? accepted(String(value)) : stringRule(atLeast(1))(value, path, scope);

/** The members of a creation. */
export const CREATE_MEMBERS: readonly RequestMember<CreateOrder>[] = [
  member('name', serverNameRule, 'name', { required: true }),
  member('imageRef', imageRule, 'imageRef'),
  member('flavorRef', flavorRule, 'flavorRef', { required: true }),
  member('adminPass', stringRule(), 'adminPass'),
  member('metadata', metadataRule, 'metadata'),
  member('networks', anything, 'ignored'),
  member('OS-DCF:diskConfig', oneOf('AUTO', 'MANUAL'), 'diskConfig'),
  member('accessIPv4', ipv4Rule, 'accessIPv4'),
  member('accessIPv6', ipv6Rule, 'accessIPv6'),
  member('personality', personalityRule, 'files', { until: 56 }),
  member('availability_zone', nullOr('string', stringRule()), 'ignored'),
  member('block_device_mapping', volumesUnder('volume_id'), 'volumes'),
  member('block_device_mapping_v2', volumesUnder('uuid'), 'volumes'),
  member('config_drive', booleanLike, 'ignored'),
  member('key_name', stringRule(atLeast(1), atMost(255)), 'keyName'),
  member('min_count', countRule, 'minimumCount'),
  member('max_count', countRule, 'maximumCount'),
  member('return_reservation_id', booleanLike, 'returnsReservation'),
  member('security_groups', objects, 'ignored'),
  member('user_data', userDataRule, 'userData'),
  member('description', nullOr('string', descriptionRule), 'description', { since: 19 }),
  member('tags', anything, 'ignored', { since: 52 }),
  member('hostname', hostnameRule, 'hostname', { since: 90 }),
];

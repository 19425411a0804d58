import { type RequestMember, member } from '../validation/request-member.ts';
import { atLeast, atMost, booleanLike, eitherNullOr, nullOr, oneOf, stringRule } from '../validation/rules.ts';
import {
  type PersonalityFile,
  certificatesRule,
  descriptionRule,
  hostnameRule,
  ipv4Rule,
  ipv6Rule,
  metadataRule,
  personalityRule,
  serverNameRule,
  userDataRule,
  uuidRule,
} from '../checks/server-rules.ts';

/** A parsed rebuild; for an absent member, except diskConfig, the server keeps its value. */
export interface RebuildOrder {
  imageRef: string;
  name?: string;
  adminPass?: string;
  metadata?: Readonly<Record<string, string>>;
  accessIPv4?: string;
  accessIPv6?: string;
  diskConfig?: 'AUTO' | 'MANUAL';
  preserveEphemeral?: boolean;
  files?: readonly PersonalityFile[];
  description?: string | null;
  keyName?: string | null;
  userData?: string | null;
  certificates?: readonly string[] | null;
  hostname?: string;
}

const keyName = stringRule(atLeast(1), atMost(255));

/** The members of `rebuild`, in the order of Nova's schema. */
export const REBUILD_MEMBERS: readonly RequestMember<RebuildOrder>[] = [
  member('name', serverNameRule, 'name'),
  member('imageRef', uuidRule, 'imageRef', { required: true }),
  member('adminPass', stringRule(), 'adminPass'),
  member('metadata', metadataRule, 'metadata'),
  member('preserve_ephemeral', booleanLike, 'preserveEphemeral'),
  member('OS-DCF:diskConfig', oneOf('AUTO', 'MANUAL'), 'diskConfig'),
  member('accessIPv4', ipv4Rule, 'accessIPv4'),
  member('accessIPv6', ipv6Rule, 'accessIPv6'),
  member('personality', personalityRule, 'files', { until: 56 }),
  member('description', nullOr('string', descriptionRule), 'description', { since: 19 }),
  member('key_name', eitherNullOr(keyName), 'keyName', { since: 54 }),
  member('user_data', eitherNullOr(userDataRule), 'userData', { since: 57 }),
  member('trusted_image_certificates', nullOr('array', certificatesRule), 'certificates', { since: 63 }),
  member('hostname', hostnameRule, 'hostname', { since: 90 }),
];

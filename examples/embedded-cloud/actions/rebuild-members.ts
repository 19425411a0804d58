import { type Member, member } from '../validation/request-member.ts';
import {
  type InjectedFile,
  certificates,
  description,
  hostname,
  ipv4,
  ipv6,
  metadata,
  personality,
  serverName,
  userData,
  uuid,
} from './rebuild-rules.ts';
import { atLeast, atMost, booleanLike, eitherNullOr, nullOr, oneOf, text } from '../validation/rules.ts';

/** What a rebuild asks for; an absent member keeps what the server has, diskConfig excepted. */
export interface RebuildOrder {
  imageRef: string;
  name?: string;
  adminPass?: string;
  metadata?: Readonly<Record<string, string>>;
  accessIPv4?: string;
  accessIPv6?: string;
  diskConfig?: 'AUTO' | 'MANUAL';
  preserveEphemeral?: boolean;
  files?: readonly InjectedFile[];
  description?: string | null;
  keyName?: string | null;
  userData?: string | null;
  certificates?: readonly string[] | null;
  hostname?: string;
}

const keyName = text(atLeast(1), atMost(255));

/** The members of `rebuild` in the order of Nova's schema, with the microversions 2.x that have them. */
export const REBUILD_MEMBERS: readonly Member<RebuildOrder>[] = [
  member('name', serverName, 'name'),
  member('imageRef', uuid, 'imageRef', { required: true }),
  member('adminPass', text(), 'adminPass'),
  member('metadata', metadata, 'metadata'),
  member('preserve_ephemeral', booleanLike, 'preserveEphemeral'),
  member('OS-DCF:diskConfig', oneOf('AUTO', 'MANUAL'), 'diskConfig'),
  member('accessIPv4', ipv4, 'accessIPv4'),
  member('accessIPv6', ipv6, 'accessIPv6'),
  member('personality', personality, 'files', { until: 56 }),
  member('description', nullOr('string', description), 'description', { since: 19 }),
  member('key_name', eitherNullOr(keyName), 'keyName', { since: 54 }),
  member('user_data', eitherNullOr(userData), 'userData', { since: 57 }),
  member('trusted_image_certificates', nullOr('array', certificates), 'certificates', { since: 63 }),
  member('hostname', hostname, 'hostname', { since: 90 }),
];

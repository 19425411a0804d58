import { array, boolean, either, integer, map, nil, object, string, type Schema } from './modern-schema.ts';

/**
 * The schemas of modern Nova for the recorded requests (source: nova/api/openstack/compute/schemas of Nova 26). They are a
 * bit stricter: Nova accepts numbers and booleans as text too.
 */

const uuid = string(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
/** Printable, and no white space around it. */
const name = string(/^(?! )[^\p{Cc}]{1,255}(?<! )$/u);
const address = string(/^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/);
const diskConfig = string(/^(?:AUTO|MANUAL)$/);
const metadata = map(/^[a-zA-Z0-9-_:. ]{1,255}$/, string(/^.{0,255}$/s));
const base64 = string(/^[A-Za-z0-9+/]*={0,2}$/);
const personality = array(object({ path: string(), contents: base64 }));

const network = object({ uuid: string(), fixed_ip: address, port: either(uuid, nil) });

const common = {
  name,
  adminPass: string(),
  metadata,
  accessIPv4: address,
  accessIPv6: address,
  'OS-DCF:diskConfig': diskConfig,
};

/** POST servers. */
export const newServer = object({
  'server!': object({
    ...common,
    'name!': name,
    'flavorRef!': string(/./),
    imageRef: either(uuid, string(/^$/)),
    availability_zone: name,
    key_name: name,
    config_drive: boolean,
    min_count: integer,
    max_count: integer,
    return_reservation_id: boolean,
    user_data: base64,
    networks: array(network),
    security_groups: array(object({ name })),
    personality,
  }),
  'os:scheduler_hints': map(/./, either(string(), array(string()))),
});

/** PUT servers/{id}. */
export const changedServer = object({
  'server!': object({ name, accessIPv4: address, accessIPv6: address, 'OS-DCF:diskConfig': diskConfig }),
});

/** POST and PUT servers/{id}/metadata. */
export const allMetadata = object({ 'metadata!': metadata });

/** PUT servers/{id}/metadata/{key}. */
export const oneMetadata = object({ 'meta!': metadata });

/** The bodies of POST servers/{id}/action, by their one member. @param version the minor part of the microversion */
export function action(root: string, version: number): Schema | undefined {
  const content = root === 'rebuild' ? rebuild(version) : Object.hasOwn(actions, root) ? actions[root] : undefined;
  return content && object({ [`${root}!`]: content });
}

const actions: Readonly<Record<string, Schema>> = {
  reboot: object({ 'type!': string(/^(?:HARD|SOFT)$/) }),
  changePassword: object({ 'adminPass!': string() }),
  resize: object({ 'flavorRef!': string(/./), 'OS-DCF:diskConfig': diskConfig }),
  addFloatingIp: object({ 'address!': address, fixed_address: address }),
};

/** From 2.57 on user_data takes the place of personality; key_name is there from 2.54 on. */
function rebuild(version: number): Schema {
  return object({
    ...common,
    'imageRef!': uuid,
    preserve_ephemeral: boolean,
    ...(version >= 54 && { key_name: either(name, nil) }),
    ...(version >= 57 ? { user_data: either(base64, nil) } : { personality }),
  });
}

import {
  attribute,
  base64,
  boolean,
  element,
  inline,
  integer,
  list,
  named,
  record,
  string,
} from '../../schema/words.ts';
import { relaxedOnV2, worksUnaided } from '../../schema/unaided.ts';
import { linked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { blockDevices, blockDevicesV2 } from '../resources/block-devices.ts';
import { diskConfig } from '../resources/disk-config.ts';
import { brief, links, linksInJson } from '../resources/links.ts';
import { metadata } from '../resources/metadata.ts';
import { personality } from '../resources/personality.ts';
import { changedServerDocument, server, serverDocument } from '../resources/server.ts';
import { eitherWay, trimmed } from '../resources/request-scalars.ts';
import { adminPass, flavorOfNewServer, serverName } from '../resources/server-members.ts';

/** List the servers by id and name. */
export const listServers = {
  name: 'listServers',
  method: 'GET',
  route: 'servers',
  answer: {
    root: 'servers',
    isBare: true,
    content: record({ servers: inline(list(brief, { tag: 'server' }), { required: true }), servers_links: links }),
    ...linked,
  },
  status: 200,
} as const satisfies Operation;

/** List the servers with all details. Only JSON callers get the link to the next page, as from legacy Nova. */
export const listServersDetail = {
  name: 'listServersDetail',
  method: 'GET',
  route: 'servers/detail',
  answer: {
    root: 'servers',
    isBare: true,
    content: record({
      servers: inline(list(server, { tag: 'server' }), { required: true }),
      servers_links: linksInJson,
    }),
    ...linked,
  },
  status: 200,
} as const satisfies Operation;

/** Show one server with all details. */
export const showServer = {
  name: 'showServer',
  method: 'GET',
  route: 'servers/{server_id}',
  answer: serverDocument,
  status: 200,
} as const satisfies Operation;

const network = record(
  { uuid: attribute(string()), fixed_ip: attribute(string()), port: attribute(string()) },
  { emptyIsAbsent: { null: { port: worksUnaided }, text: {} } },
);

const newServer = record(
  {
    name: attribute(serverName, {
      required: true,
      missing: 'Server name is not defined',
    }),
    imageRef: attribute(string({ format: 'imageIdOrNone' })),
    flavorRef: attribute(flavorOfNewServer, {
      required: true,
      missing: 'Missing flavorRef attribute',
    }),
    adminPass: attribute(adminPass, { secret: true }),
    accessIPv4: attribute(string({ format: 'ipv4' })),
    accessIPv6: attribute(string({ format: 'ipv6' })),
    key_name: attribute(string()),
    availability_zone: attribute(string()),
    min_count: attribute(integer()),
    max_count: attribute(integer()),
    return_reservation_id: attribute(boolean({ otherwise: false })),
    config_drive: attribute(boolean()),
    'OS-DCF:diskConfig': diskConfig,
    metadata: element(metadata),
    personality: element(personality),
    user_data: element(base64({ refusal: 'Userdata content cannot be decoded' }), { secret: true }),
    networks: element(list(network, { tag: 'network' })),
    security_groups: element(list(record({ name: attribute(trimmed, eitherWay) }), { tag: 'security_group' })),
    block_device_mapping: element(blockDevices),
    block_device_mapping_v2: element(blockDevicesV2),
    'os:scheduler_hints': element(
      named(string({ format: 'trimmed', also: ['number', 'boolean'] }), { repeats: true }),
      {
        xml: 'OS-SCH-HNT:scheduler_hints',
        aliases: ['OS-SCH-HNT:scheduler_hints'],
        beside: true,
      },
    ),
  },
  {
    emptyIsAbsent: {
      null: { user_data: relaxedOnV2 },
      text: { imageRef: worksUnaided, adminPass: worksUnaided, user_data: worksUnaided },
    },
  },
);

/** Create one server or several. With `return_reservation_id` the answer is a reservation id instead of a server. */
export const createServer = {
  name: 'createServer',
  method: 'POST',
  route: 'servers',
  request: { root: 'server', content: newServer, mismatch: 422, ...linked },
  answer: serverDocument,
  otherAnswer: {
    root: 'server',
    isBare: true,
    content: record({ reservation_id: attribute(string(), { required: true }) }),
    ...linked,
  },
  status: 202,
  location: 'self',
} as const satisfies Operation;

/** Create a server by the route that clients used to boot from a volume; the message is that of createServer. */
export const bootFromVolume = { ...createServer, name: 'bootFromVolume', route: 'os-volumes_boot' } as const;

/** Change the name, access addresses or disk config of a server. */
export const updateServer = {
  name: 'updateServer',
  method: 'PUT',
  route: 'servers/{server_id}',
  request: {
    root: 'server',
    content: record({
      name: attribute(serverName, eitherWay),
      accessIPv4: attribute(string({ format: 'ipv4OrNone' }), { ...eitherWay, nullable: true }),
      accessIPv6: attribute(string({ format: 'ipv6OrNone' }), { ...eitherWay, nullable: true }),
      'OS-DCF:diskConfig': { ...diskConfig, ...eitherWay },
    }),
    mismatch: 422,
    ...linked,
  },
  answer: changedServerDocument,
  status: 200,
} as const satisfies Operation;

/** Delete a server. */
export const deleteServer = {
  name: 'deleteServer',
  method: 'DELETE',
  route: 'servers/{server_id}',
  status: 204,
} as const satisfies Operation;

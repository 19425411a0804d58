import { attribute, boolean, element, jsonOnly, record, string } from '../../schema/shapes.ts';
import type { Operation } from '../operation.ts';
import { computeNamespaces, extensionNamespaces } from '../namespaces.ts';
import { metadata } from '../resources/metadata.ts';
import { personality } from '../resources/personality.ts';
import { server } from '../resources/server.ts';

const diskConfigRefusal = "OS-DCF:diskConfig must be either 'MANUAL' or 'AUTO'.";

/** What a rebuild may carry: legacy Nova's members, and the two that modern clouds gave JSON callers since. */
const request = record({
  imageRef: attribute(string({ format: 'imageId' }), {
    required: true,
    missing: 'Could not parse imageRef from request.',
  }),
  name: attribute(string({ format: 'serverName', refusal: 'Server name is not a string or unicode' })),
  adminPass: attribute(string({ refusal: 'Invalid adminPass' }), { secret: true }),
  accessIPv4: attribute(string({ format: 'ipv4' })),
  accessIPv6: attribute(string({ format: 'ipv6' })),
  'OS-DCF:diskConfig': attribute(string({ oneOf: ['MANUAL', 'AUTO'], refusal: diskConfigRefusal }), {
    aliases: ['auto_disk_config'],
  }),
  preserve_ephemeral: attribute(boolean()),
  metadata: element(metadata),
  personality: element(personality),
  key_name: jsonOnly(string(), { nullable: true }),
  user_data: jsonOnly(string(), { nullable: true, secret: true }),
});

/** Puts a new image on a server's disk: POST servers/{server_id}/action with `rebuild`. */
export const rebuild = {
  name: 'rebuild',
  method: 'POST',
  route: 'servers/{server_id}/action',
  subject: 'servers/{server_id}',
  request: { root: 'rebuild', content: request, namespaces: computeNamespaces, extensions: extensionNamespaces },
  answer: { root: 'server', content: server, namespaces: computeNamespaces, extensions: extensionNamespaces },
  status: 202,
} as const satisfies Operation;

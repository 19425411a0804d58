import { attribute, boolean, element, jsonOnly, record, string } from '../../schema/words.ts';
import type { Operation } from '../operation.ts';
import { linked } from '../namespaces.ts';
import { diskConfig } from '../resources/disk-config.ts';
import { metadata } from '../resources/metadata.ts';
import { personality } from '../resources/personality.ts';
import { changedServerDocument } from '../resources/server.ts';
import { adminPass, serverName } from '../resources/server-members.ts';

/** The members of a rebuild: legacy Nova's, and the two that modern Nova added for JSON callers. */
const request = record({
  imageRef: attribute(string({ format: 'imageId' }), {
    required: true,
    missing: 'Could not parse imageRef from request.',
  }),
  name: attribute(serverName),
  adminPass: attribute(adminPass, { secret: true }),
  accessIPv4: attribute(string({ format: 'ipv4' })),
  accessIPv6: attribute(string({ format: 'ipv6' })),
  'OS-DCF:diskConfig': diskConfig,
  preserve_ephemeral: attribute(boolean()),
  metadata: element(metadata),
  personality: element(personality),
  key_name: jsonOnly(string(), { nullable: true }),
  user_data: jsonOnly(string(), { nullable: true, secret: true }),
});

/** Rebuild a server from an image. JSON on v2.1 is translated too, because modern clouds no longer accept personality. */
export const rebuild = {
  name: 'rebuild',
  method: 'POST',
  route: 'servers/{server_id}/action',
  subject: 'servers/{server_id}',
  request: { root: 'rebuild', content: request, ...linked },
  answer: changedServerDocument,
  status: 202,
  location: 'self',
  isForModern: true,
} as const satisfies Operation;

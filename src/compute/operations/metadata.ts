import { entry } from '../../schema/words.ts';
import { unlinked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { quotas } from '../quotas.ts';
import { metadata, metadataValue } from '../resources/metadata.ts';

const allItems = { root: 'metadata', content: metadata, ...unlinked } as const;

const oneItem = {
  root: 'meta',
  content: entry(metadataValue, {
    key: 'key',
    keyQuota: quotas.metadataKey,
    refusal: 'Request body contains too many items',
  }),
  ...unlinked,
} as const;

/** Describe the six operations on the metadata of a server or image. @param resource the path of that resource */
function metadataOf<const Name extends string>(kind: Name, resource: string) {
  const all = { route: `${resource}/metadata`, answer: allItems, status: 200 } as const;
  const one = { route: `${resource}/metadata/{key}`, answer: oneItem, status: 200 } as const;
  return [
    { name: `list${kind}Metadata`, method: 'GET', ...all },
    { name: `update${kind}Metadata`, method: 'POST', request: allItems, ...all },
    { name: `replace${kind}Metadata`, method: 'PUT', request: allItems, ...all },
    { name: `show${kind}MetadataItem`, method: 'GET', ...one },
    { name: `set${kind}MetadataItem`, method: 'PUT', request: oneItem, ...one },
    { name: `delete${kind}MetadataItem`, method: 'DELETE', route: one.route, status: 204 },
  ] as const satisfies Operation[];
}

/** The operations on the metadata of a server. */
export const serverMetadata = metadataOf('Server', 'servers/{server_id}');

/** The operations on the metadata of an image. */
export const imageMetadata = metadataOf('Image', 'images/{image_id}');

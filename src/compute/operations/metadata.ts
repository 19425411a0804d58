import type { Message } from '../../schema/shapes.ts';
import { entry } from '../../schema/words.ts';
import { unlinked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { quotas } from '../quotas.ts';
import { imageMetadataValue, metadata, metadataOfImage, metadataValue } from '../resources/metadata.ts';

const refusal = 'Request body contains too many items';

const ofServer = {
  all: { root: 'metadata', content: metadata, ...unlinked },
  one: {
    root: 'meta',
    content: entry(metadataValue, { key: 'key', keyQuota: quotas.metadataKey, refusal }),
    ...unlinked,
  },
} as const;

const ofImage = {
  all: { root: 'metadata', content: metadataOfImage, ...unlinked },
  one: {
    root: 'meta',
    content: entry(imageMetadataValue, { key: 'key', keyQuota: quotas.imageMetadataKey, refusal }),
    ...unlinked,
  },
} as const;

/** Describe the six operations on the metadata of a server or image. @param resource the path of that resource */
function metadataOf<const Name extends string, const All extends Message, const One extends Message>(
  kind: Name,
  resource: string,
  { all: allItems, one: oneItem }: { readonly all: All; readonly one: One },
) {
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
export const serverMetadata = metadataOf('Server', 'servers/{server_id}', ofServer);

/** The operations on the metadata of an image. */
export const imageMetadata = metadataOf('Image', 'images/{image_id}', ofImage);

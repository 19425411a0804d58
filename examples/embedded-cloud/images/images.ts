import type { Call } from '../call/call.ts';
import { type Filter, filtered } from '../call/filters.ts';
import type { Link } from '../call/links.ts';
import { pageDocument, pageOf } from '../call/page.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import type { ImageRecord } from '../state/image-record.ts';
import { GLANCE } from '../state/seed-data.ts';
import { findImage } from './find-image.ts';

/** Respond to GET /images with names and links. */
export function answerImages(call: Call): Answer {
  const write = ({ id, name }: ImageRecord): unknown => ({ id, name, links: linksOf(call, id) });
  return jsonAnswer(200, pageDocument('images', pageOf(call, 'images', chosenImages(call)), write));
}

/** Respond to GET /images/detail. */
export function answerImagesDetail(call: Call): Answer {
  const page = pageOf(call, 'images/detail', chosenImages(call));
  return jsonAnswer(
    200,
    pageDocument('images', page, (image) => imageDocument(call, image)),
  );
}

/** Respond to GET /images/{id}. */
export function answerImage(call: Call): Answer {
  return jsonAnswer(200, { image: imageDocument(call, findImage(call)) });
}

/** Respond to DELETE /images/{id}; servers keep running from a deleted image. */
export function answerDeleteImage(call: Call): Answer {
  call.cloud.images.delete(findImage(call).id);
  return jsonAnswer(204);
}

const FILTERS: Readonly<Record<string, Filter<ImageRecord>>> = {
  name: ({ name }, wanted) => name === wanted,
  status: (_image, status) => status.toUpperCase() === 'ACTIVE',
  server: ({ serverId }, reference) => reference.endsWith(serverId ?? '/'),
  type: ({ serverId }, type) => (type === 'snapshot') === (serverId !== null),
};

/** Select the images that pass the query's filters, the newest first. */
function chosenImages({ cloud, query }: Call): readonly ImageRecord[] {
  const images = filtered([...cloud.images.values()], query, FILTERS);
  return images.toSorted((one, other) => Date.parse(other.created) - Date.parse(one.created));
}

function imageDocument(call: Call, image: ImageRecord): unknown {
  const { id, name, metadata, created, updated, serverId } = image;
  const { auto_disk_config: diskConfig } = metadata;
  return {
    id,
    name,
    minRam: 0,
    minDisk: image.minimumDisk,
    metadata,
    created,
    updated,
    status: 'ACTIVE',
    progress: 100,
    'OS-EXT-IMG-SIZE:size': image.bytes,
    links: linksOf(call, id),
    ...(diskConfig !== undefined && { 'OS-DCF:diskConfig': diskConfig === 'disabled' ? 'MANUAL' : 'AUTO' }),
    ...(serverId !== null && { server: { id: serverId, links: call.links.both('servers', serverId) } }),
  };
}

function linksOf({ links }: Call, id: string): readonly Link[] {
  const href = `${GLANCE}/images/${id}`;
  return [...links.both('images', id), { rel: 'alternate', type: 'application/vnd.openstack.image', href }];
}

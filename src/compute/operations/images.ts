import { attribute, element, inline, integer, list, record, string } from '../../schema/words.ts';
import { linked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { brief, entity, links, linksInJson } from '../resources/links.ts';
import { metadata } from '../resources/metadata.ts';

const image = record({
  status: attribute(string()),
  updated: attribute(string()),
  name: attribute(string()),
  created: attribute(string()),
  minDisk: attribute(integer()),
  progress: attribute(integer()),
  minRam: attribute(integer()),
  id: attribute(string()),
  'OS-EXT-IMG-SIZE:size': attribute(integer()),
  'OS-DCF:diskConfig': attribute(string()),
  server: element(entity),
  metadata: element(metadata, { always: true }),
  links,
});

/** List the images by id and name. */
export const listImages = {
  name: 'listImages',
  method: 'GET',
  route: 'images',
  answer: {
    root: 'images',
    isBare: true,
    content: record({ images: inline(list(brief, { tag: 'image' }), { required: true }), images_links: links }),
    ...linked,
  },
  status: 200,
} as const satisfies Operation;

/** List the images with all details. */
export const listImagesDetail = {
  name: 'listImagesDetail',
  method: 'GET',
  route: 'images/detail',
  answer: {
    root: 'images',
    isBare: true,
    content: record({ images: inline(list(image, { tag: 'image' }), { required: true }), images_links: linksInJson }),
    ...linked,
  },
  status: 200,
} as const satisfies Operation;

/** Show one image. */
export const showImage = {
  name: 'showImage',
  method: 'GET',
  route: 'images/{image_id}',
  answer: { root: 'image', content: image, ...linked },
  status: 200,
} as const satisfies Operation;

/** Delete an image. */
export const deleteImage = {
  name: 'deleteImage',
  method: 'DELETE',
  route: 'images/{image_id}',
  status: 204,
} as const satisfies Operation;

import { attribute, element, list, record, string } from '../../schema/words.ts';
import { common } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { links } from '../resources/links.ts';

const extension = record({
  alias: attribute(string()),
  updated: attribute(string()),
  namespace: attribute(string()),
  name: attribute(string()),
  description: element(string(), { always: true }),
  links,
});

/** List the extensions of the API. */
export const listExtensions = {
  name: 'listExtensions',
  method: 'GET',
  route: 'extensions',
  answer: { root: 'extensions', content: list(extension, { tag: 'extension' }), ...common },
  status: 200,
} as const satisfies Operation;

/** Show one extension of the API. */
export const showExtension = {
  name: 'showExtension',
  method: 'GET',
  route: 'extensions/{alias}',
  answer: { root: 'extension', content: extension, ...common },
  status: 200,
} as const satisfies Operation;

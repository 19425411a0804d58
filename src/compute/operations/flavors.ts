import {
  attribute,
  boolean,
  decimal,
  entry,
  inline,
  integer,
  list,
  named,
  record,
  string,
} from '../../schema/words.ts';
import { worksUnaided } from '../../schema/unaided.ts';
import { linked, noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { brief, links, linksInJson } from '../resources/links.ts';
import { eitherWay, nameText, trimmedOrNumber } from '../resources/request-scalars.ts';

const flavor = record({
  disk: attribute(integer()),
  vcpus: attribute(integer()),
  ram: attribute(integer()),
  name: attribute(string()),
  id: attribute(string()),
  swap: attribute(string()),
  rxtx_factor: attribute(decimal()),
  'os-flavor-access:is_public': attribute(boolean()),
  'OS-FLV-EXT-DATA:ephemeral': attribute(integer()),
  'OS-FLV-DISABLED:disabled': attribute(boolean()),
  links,
});

const flavorDocument = { root: 'flavor', content: flavor, ...linked } as const;

/** List the flavors by id and name. Only JSON callers get the link to the next page, as from legacy Nova. */
export const listFlavors = {
  name: 'listFlavors',
  method: 'GET',
  route: 'flavors',
  answer: {
    root: 'flavors',
    isBare: true,
    content: record({
      flavors: inline(list(brief, { tag: 'flavor' }), { required: true }),
      flavors_links: linksInJson,
    }),
    ...linked,
  },
  status: 200,
} as const satisfies Operation;

/** List the flavors with all details. */
export const listFlavorsDetail = {
  name: 'listFlavorsDetail',
  method: 'GET',
  route: 'flavors/detail',
  answer: {
    root: 'flavors',
    isBare: true,
    content: record({
      flavors: inline(list(flavor, { tag: 'flavor' }), { required: true }),
      flavors_links: linksInJson,
    }),
    ...linked,
  },
  status: 200,
} as const satisfies Operation;

/** Show one flavor. */
export const showFlavor = {
  name: 'showFlavor',
  method: 'GET',
  route: 'flavors/{flavor_id}',
  answer: flavorDocument,
  status: 200,
} as const satisfies Operation;

/** Create a flavor. */
export const createFlavor = {
  name: 'createFlavor',
  method: 'POST',
  route: 'flavors',
  request: {
    root: 'flavor',
    content: record(
      {
        name: attribute(nameText, eitherWay),
        ram: attribute(integer(), eitherWay),
        vcpus: attribute(integer(), eitherWay),
        disk: attribute(integer(), eitherWay),
        id: attribute(trimmedOrNumber, eitherWay),
        swap: attribute(integer(), eitherWay),
        rxtx_factor: attribute(decimal(), eitherWay),
        'os-flavor-access:is_public': attribute(boolean(), eitherWay),
        'OS-FLV-EXT-DATA:ephemeral': attribute(integer(), eitherWay),
      },
      { emptyIsAbsent: { null: { id: worksUnaided }, text: {} } },
    ),
    ...linked,
  },
  answer: flavorDocument,
  status: 200,
} as const satisfies Operation;

/** Delete a flavor. */
export const deleteFlavor = {
  name: 'deleteFlavor',
  method: 'DELETE',
  route: 'flavors/{flavor_id}',
  status: 202,
} as const satisfies Operation;

const spec = string({ also: ['number'] });
const extraSpecs = { root: 'extra_specs', content: named(spec, { eitherWay: true }), ...noNamespace } as const;
const extraSpec = {
  root: 'extra_spec',
  isBare: true,
  content: entry(string(), { key: 'key' }),
  ...noNamespace,
} as const;

/** List the extra specs of a flavor. */
export const listExtraSpecs = {
  name: 'listExtraSpecs',
  method: 'GET',
  route: 'flavors/{flavor_id}/os-extra_specs',
  answer: extraSpecs,
  status: 200,
} as const satisfies Operation;

/** Add extra specs to a flavor, or replace those with the same key. */
export const createExtraSpecs = {
  name: 'createExtraSpecs',
  method: 'POST',
  route: 'flavors/{flavor_id}/os-extra_specs',
  request: extraSpecs,
  answer: extraSpecs,
  status: 200,
} as const satisfies Operation;

/** Show one extra spec of a flavor. */
export const showExtraSpec = {
  name: 'showExtraSpec',
  method: 'GET',
  route: 'flavors/{flavor_id}/os-extra_specs/{key}',
  answer: extraSpec,
  status: 200,
} as const satisfies Operation;

/** Replace one extra spec of a flavor. The root element of the request has the name of its key: `<key>value</key>`. */
export const updateExtraSpec = {
  name: 'updateExtraSpec',
  method: 'PUT',
  route: 'flavors/{flavor_id}/os-extra_specs/{key}',
  request: { root: 'key', isRootless: true, isBare: true, content: named(spec, { isOne: true }), ...noNamespace },
  answer: extraSpec,
  status: 200,
} as const satisfies Operation;

/** Remove one extra spec from a flavor. */
export const deleteExtraSpec = {
  name: 'deleteExtraSpec',
  method: 'DELETE',
  route: 'flavors/{flavor_id}/os-extra_specs/{key}',
  status: 200,
} as const satisfies Operation;

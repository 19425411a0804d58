import { type Call, parameter } from '../call/call.ts';
import { pageDocument, pageOf } from '../call/page.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import type { Flavor } from '../state/cloud-profiles.ts';

const DESCRIPTION = 55;
const EXTRA_SPECS = 61;
const SWAP_IS_A_NUMBER = 75;

/** Respond to GET /flavors with names and links. */
export function answerFlavors(call: Call): Answer {
  const write = ({ id, name }: Flavor): unknown => ({
    id,
    name,
    links: call.links.both('flavors', id),
    ...(call.scope.minor >= DESCRIPTION && { description: null }),
  });
  return jsonAnswer(200, pageDocument('flavors', pageOf(call, 'flavors', chosenFlavors(call)), write));
}

/** Respond to GET /flavors/detail. */
export function answerFlavorsDetail(call: Call): Answer {
  const page = pageOf(call, 'flavors/detail', chosenFlavors(call));
  return jsonAnswer(
    200,
    pageDocument('flavors', page, (flavor) => flavorDocument(call, flavor)),
  );
}

/** Respond to GET /flavors/{id}. */
export function answerFlavor(call: Call): Answer {
  return jsonAnswer(200, { flavor: flavorDocument(call, findFlavor(call)) });
}

/** Respond to GET /flavors/{id}/os-extra_specs. */
export function answerExtraSpecs(call: Call): Answer {
  return jsonAnswer(200, { extra_specs: findFlavor(call).extraSpecs });
}

/** Respond to GET /flavors/{id}/os-extra_specs/{key}. */
export function answerExtraSpec(call: Call): Answer {
  const { id, extraSpecs } = findFlavor(call);
  const key = parameter(call, 'key');
  const value = extraSpecs[key];
  if (value === undefined) throw new CloudFault(404, `Flavor ${id} has no extra specs with key ${key}.`);
  return jsonAnswer(200, { [key]: value });
}

/** Respond to GET /flavors/{id}/os-flavor-access, which is for private flavors only. */
export function answerFlavorAccess(call: Call): Answer {
  findFlavor(call);
  throw new CloudFault(404, 'Access list not available for public flavors.');
}

function findFlavor(call: Call): Flavor {
  const wanted = parameter(call, 'flavor');
  const flavor = call.cloud.profile.flavors.find(({ id }) => id === wanted);
  if (flavor === undefined) throw new CloudFault(404, `Flavor ${wanted} could not be found.`);
  return flavor;
}

function chosenFlavors({ cloud, query }: Call): readonly Flavor[] {
  const minimumRam = minimumOf(query, 'minRam');
  const minimumDisk = minimumOf(query, 'minDisk');
  return cloud.profile.flavors.filter(({ ram, disk }) => ram >= minimumRam && disk >= minimumDisk);
}

function minimumOf(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? '0';
  if (!/^-?\d+$/.test(text)) throw new CloudFault(400, `Invalid ${name} filter [${text}]`);
  return Number(text);
}

function flavorDocument({ links, scope: { minor } }: Call, flavor: Flavor): unknown {
  const { id, name, ram, disk, vcpus, extraSpecs } = flavor;
  return {
    id,
    name,
    ram,
    disk,
    swap: minor >= SWAP_IS_A_NUMBER ? 0 : '',
    'OS-FLV-EXT-DATA:ephemeral': 0,
    'OS-FLV-DISABLED:disabled': false,
    vcpus,
    'os-flavor-access:is_public': true,
    rxtx_factor: 1,
    links: links.both('flavors', id),
    ...(minor >= DESCRIPTION && { description: null }),
    ...(minor >= EXTRA_SPECS && { extra_specs: extraSpecs }),
  };
}

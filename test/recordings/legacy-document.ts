import { rebuild } from '../../src/compute/operations/rebuild.ts';
import { xml } from '../../src/media/xml.ts';

/**
 * The rebuild answer of legacy Nova, seen through what recordings of any server document hold: which parts of a document
 * the rebuild answer had, and which differences between two documents mean nothing.
 */

/** "OS-DCF:diskConfig is the only extension attribute on rebuild" (legacy-xml.md 5): all others are left out. */
const extensionAttribute = / (?:OS-EXT-[\w-]+:\w+|OS-SRV-USG:\w+|ns\d+:\w+|xmlns:ns\d+|key_name|config_drive)="[^"]*"/g;
const extensionElement = /<os-extended-volumes:[^>]*\/>|<security_groups\/>|<security_groups>.*?<\/security_groups>/gs;

/** A recorded document without what extensions other than the disk config added to it. */
export function withoutExtensions(document: string): string {
  return document.replace(extensionAttribute, '').replace(extensionElement, '');
}

const declaration = / xmlns(?::([\w-]+))?="[^"]*"/g;

/**
 * The document with all that is not significant brought into one order: namespace declarations, of which an unused one
 * is left out, entries of metadata, networks. Everything else stays as it is, to the byte.
 */
export function normalForm(document: string): string {
  const declared = [...document.matchAll(declaration)].flatMap(([text, prefix]) => {
    const isUsed = prefix === undefined || new RegExp(`[< ]${prefix}:`).test(document.replace(declaration, ''));
    return isUsed ? [text] : [];
  });
  return document
    .replace(declaration, '')
    .replace('<server', `<server${declared.toSorted().join('')}`)
    .replace(/(?:<meta key="[^"]*"(?:\/>|>[^<]*<\/meta>))+/g, (entries) => sorted(entries, /(?=<meta )/))
    .replace(/(?<=<addresses>).*(?=<\/addresses>)/s, (networks) => sorted(networks, /(?=<network )/));
}

function sorted(elements: string, boundary: RegExp): string {
  return elements.split(boundary).toSorted().join('');
}

type Select = (value: unknown) => unknown;

const asIs: Select = (value) => value;
const listOf =
  (select: Select): Select =>
  (value) =>
    Array.isArray(value) ? value.map(select) : value;
const mapOf =
  (select: Select): Select =>
  (value) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, select(item)])) : value;
const only =
  (members: Readonly<Record<string, Select>>): Select =>
  (value) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value).flatMap(([key, item]) => {
            const select = Object.hasOwn(members, key) ? members[key] : undefined;
            return select === undefined ? [] : [[key, select(item)]];
          }),
        )
      : value;

const links = listOf(only({ href: asIs, type: asIs, rel: asIs }));
const entity = only({ id: asIs, links });
const scalars = [
  'status updated hostId name created user_id tenant_id accessIPv4 accessIPv6 progress',
  'reservation_id id adminPass OS-DCF:diskConfig',
]
  .join(' ')
  .split(' ');

/** The members of a server that legacy Nova's rebuild answer had (legacy-xml.md 5.1), with whatever values they hold. */
export const rebuildAnswer: Select = only({
  ...Object.fromEntries(scalars.map((name) => [name, asIs])),
  image: entity,
  flavor: entity,
  fault: only({ code: asIs, created: asIs, message: asIs, details: asIs }),
  metadata: mapOf(asIs),
  addresses: mapOf(listOf(only({ version: asIs, addr: asIs }))),
  links,
});

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The server of a recorded answer, in JSON or XML: what a modern cloud would have answered in its place. */
export function readServer(document: string): unknown {
  if (document.startsWith('{')) return (JSON.parse(document) as { readonly server: unknown }).server;
  const reading = { limits: new Map<string, number>(), unknown: [], passedOver: [], keepUnknown: false };
  return xml.open(Buffer.from(document)).readAs(rebuild.answer, reading);
}

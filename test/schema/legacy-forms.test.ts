import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { Fault } from '../../src/fault.ts';
import { jsonReader } from '../../src/schema/read/read-json.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { toDocument } from '../../src/schema/json-document.ts';
import { schemaErrors, type JsonSchema } from '../support/json-schema.ts';
import { novaRoutes, novaSchema, whyNoNovaSchemas } from '../support/nova-schemas.ts';
import { freshReading } from './fresh-reading.ts';
import { spelledValues, type SpelledValue } from './spelled-values.ts';

const versions = ['v2', 'v2.1'] as const;
type Version = (typeof versions)[number];

/** The schema of Nova for an operation's request at a version; undefined if Nova has none. */
function schemaOf({ method, route, request }: Operation, version: Version): JsonSchema | undefined {
  const path = withoutNames(route);
  const found = novaRoutes().find(
    (candidate) =>
      candidate.method === method &&
      withoutNames(candidate.path.replace(/^\//, '')) === path &&
      (candidate.action ?? request?.root) === request?.root,
  );
  const at = version === 'v2' ? 2000 : 2001;
  const suited = found?.request?.find(({ from, to }) => numberOf(from, 0) <= at && at <= numberOf(to, Infinity));
  return suited && novaSchema(suited.schema);
}

function numberOf(version: string | null, none: number): number {
  const [major, minor] = (version ?? '').split('.').map(Number);
  return version === null || Number.isNaN(major) ? none : (major ?? 0) * 1000 + (minor ?? 0);
}

function withoutNames(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, '{}');
}

/** Put a value into its place in an otherwise empty content. */
function contentWith([first, ...rest]: SpelledValue['place'], value: unknown): unknown {
  if (first === undefined) return value;
  const inner = contentWith(rest, value);
  return typeof first === 'number' ? [inner] : { [first]: inner };
}

/** The messages about the place of a value in a document; a missing member elsewhere says nothing about it. */
function isTaken(schema: JsonSchema, message: Message, { place, value }: SpelledValue): boolean {
  const document = toDocument(message, contentWith(place, value));
  const [first = ''] = place;
  const path = documentPath(document, message, place, String(first));
  return !schemaErrors(schema, document).some((error) => error.startsWith(`${path}:`) || error.startsWith(`${path}.`));
}

function documentPath(
  document: unknown,
  { root, isBare }: Message,
  place: SpelledValue['place'],
  first: string,
): string {
  const isBeside =
    isBare === true ||
    (typeof document === 'object' && document !== null && Object.hasOwn(document, first) && first !== root);
  const below = place.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return (isBeside ? '$' : `$.${root}`) + below;
}

/** The legacy form that the reader finds, or a refusal of its own: then no request is sent. */
function verdictOf(message: Message, { place, value }: SpelledValue, version: Version): string {
  const reading = freshReading();
  try {
    jsonReader(withoutRequired(message).content)(contentWith(place, value), message.root, reading);
  } catch (error) {
    assert.ok(error instanceof Fault);
    return 'invalid';
  }
  return reading.legacyForms?.[0]?.form.unaided[version] ?? 'works';
}

/** A message whose members may all be missing. */
function withoutRequired(message: Message): Message {
  const copy: Message = JSON.parse(
    JSON.stringify(message, (key, value: unknown) => (key === 'required' ? undefined : value)),
  );
  return copy;
}

/** Members that the schema lets pass in any spelling, while nothing is found by such a text (measured with Nova 26, or by the service behind it). */
const lookedUp: ReadonlySet<string> = new Set([
  'networkId',
  'tenant',
  'pool',
  'ip_protocol',
  'cidr',
  'volume_id',
  'snapshot_id',
  'volume_type',
  'availability_zone',
  'create_info',
  'networks',
  'security_groups',
]);
/** The actions whose name is that of a security group. */
const securityGroups: ReadonlySet<string> = new Set(['addSecurityGroup', 'removeSecurityGroup']);

/** List the spellings on which the reader's verdict is not that of the schema. */
function wrongVerdicts({ name }: Operation, request: Message, schema: JsonSchema, version: Version): string[] {
  const accepts = (spelled: SpelledValue): boolean => isTaken(schema, request, spelled);
  const wrong: string[] = [];
  for (const spelled of spelledValues(request.content, accepts)) {
    const verdict = verdictOf(request, spelled, version);
    const taken = accepts(spelled);
    const [member] = spelled.place;
    const isLookedUp = lookedUp.has(String(member)) || securityGroups.has(name);
    // Nova does not know the device of a swap, which v2 leaves out.
    if (verdict === 'invalid' || (name === 'swapVolume' && member === 'device')) continue;
    if (taken === (verdict === 'works') || (taken && isLookedUp)) continue;
    const place = `${spelled.place.join('.')} ${JSON.stringify(spelled.value)}`;
    wrong.push(`${place}: ${verdict}, but Nova ${taken ? 'takes' : 'refuses'} it`);
  }
  return wrong;
}

describe("the verdict on each spelling is that of Nova's schema", { skip: whyNoNovaSchemas() }, () => {
  for (const operation of operations as readonly Operation[]) {
    const { name, request } = operation;
    if (request === undefined) continue;
    for (const version of versions) {
      const schema = schemaOf(operation, version);
      if (schema === undefined || Object.keys(schema).length === 0) continue;
      test(`${name} on ${version}`, () => {
        assert.deepEqual(wrongVerdicts(operation, request, schema, version), []);
      });
    }
  }
});

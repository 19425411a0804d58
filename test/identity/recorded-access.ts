import assert from 'node:assert/strict';
import type { Access } from '../../src/identity/messages/access.ts';
import { pythonJson } from '../../src/identity/write/python-json.ts';
import { assertSameXml, sortedLists } from './documents.ts';

/** The documents that a live Keystone 2014.1 wrote. */
export interface RecordedDocument {
  readonly json: Readonly<Record<string, unknown>>;
  readonly jsonText: string;
  readonly xml: string;
}

/** An answer of a live Keystone 22, and that of a live Keystone 2014.1 with the same accounts. */
export interface RecordedAnswer {
  readonly name: string;
  readonly call?: string;
  readonly settings?: { readonly computeUrl: string; readonly identityUrl: string; readonly region?: string };
  readonly input: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly output?: RecordedDocument;
  readonly unrewritten?: RecordedDocument;
}

/** The two documents of an answer, as they were written. */
export interface WrittenAccess {
  readonly json: string;
  readonly xml: string;
}

/** Compare the documents of an access; the order of services, endpoints and roles was that of a dict of Python. */
export function assertRecorded(
  { json: written, xml: writtenXml }: WrittenAccess,
  expected: RecordedDocument | undefined,
): void {
  const { json, jsonText, xml } = expected ?? assert.fail('a token has an answer');
  assert.equal(pythonJson(JSON.parse(written)), written);
  assert.equal(pythonJson(JSON.parse(jsonText)), jsonText);
  assert.deepEqual(sortedLists(JSON.parse(written)), sortedLists(json));
  // The answer to a validation had been stored, which changed the order of its members.
  if (!jsonText.includes('[{"endpoints_links"')) {
    assert.equal(pythonJson(sortedLists(JSON.parse(written))), pythonJson(sortedLists(JSON.parse(jsonText))));
  }
  assertSameXml(writtenXml, xml);
}

type Entry = readonly [type: unknown, region: unknown, endpoint: unknown];

function entries({ serviceCatalog }: Access): Entry[] {
  return serviceCatalog.flatMap(({ type, endpoints = [] }) => endpoints.map((one): Entry => [type, one.region, one]));
}

/** Count the endpoints of a catalogue. */
export function entriesOf(access: Access): number {
  return entries(access).length;
}

/** List the endpoints of a catalogue, in an order of their own. */
export function kept(access: Access): unknown {
  return sortedLists(entries(access));
}

/** The entries of a recorded catalogue that the gateway keeps. */
export function keptOf({ json }: RecordedDocument, region: string | undefined): unknown {
  const all = entries(json['access'] as Access);
  const identity = all.filter(([type]) => type === 'identity');
  const here = identity.filter(([, name]) => name === (region ?? null));
  return sortedLists([
    ...all.filter(([type, name]) => type === 'compute' && name === (region ?? null)),
    ...(here.length > 0 ? here : identity),
    ...all.filter(([type]) => !/^(?:compute.*|identity)$/.test(String(type))),
  ]);
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { fromDocument } from '../../src/schema/json-document.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { xmlWriter } from '../../src/schema/write/write-xml.ts';
import { comparePair, differences } from '../../tools/coverage-api/compare.ts';
import { readSamples, type SamplePair } from '../../tools/coverage-api/pairs.ts';
import { bare, resolvedTree } from '../../tools/coverage-api/resolved-tree.ts';
import { assertAllNeeded } from '../support/deviations.ts';
import { noRecordings, recordedFolder, recordings } from '../support/vectors.ts';
import { otherTimes, pairDeviations, untranslated } from './pair-deviations.ts';

/** A GET that was answered in both forms. */
interface Recording extends SamplePair {
  readonly path: string;
}

/** A recording and what it is the answer of. */
interface Answered extends SamplePair {
  readonly operation: string;
  readonly message: Message;
}

const paths = new Map(recordings<{ name: string; path: string }>('pairs').map(({ name, path }) => [name, path]));

/** Read again, with the digits that its numbers have. */
const all: readonly Recording[] = (
  noRecordings === false ? readSamples(recordedFolder('vectors/pairs')).pairs : []
).map(({ name: file, json, xml }) => {
  const name = file.replace(/^\d+-/, '');
  return { name, json, xml, path: paths.get(name) ?? '' };
});

/** The path of each scope of routes in the recorded cloud. */
const places: Readonly<Record<NonNullable<Operation['scope']>, string>> = {
  service: '/',
  version: '/v2/',
  project: '/v2/openstack/',
};

const variables = (route: string): number => route.split('{').length;

/** A document with zeros for the digits of all times in an attribute, if in any. */
function atNoTime(document: string, attribute: string | undefined): string {
  if (attribute === undefined) return document;
  const times = new RegExp(`(?<= ${attribute}=")[^"]*`, 'g');
  return document.replace(times, (time) => time.replace(/\d/g, '0'));
}

/** Find the operation of a GET; if two routes match, the more specific one. */
function operationAt(path: string): Operation | undefined {
  const segments = path.replace(/\?.*/, '').split('/');
  return (operations as readonly Operation[])
    .filter(({ method, route, scope = 'project' }) => {
      const parts = `${places[scope]}${route}`.split('/');
      const isSame = parts.length === segments.length;
      return method === 'GET' && isSame && parts.every((part, at) => part.startsWith('{') || part === segments[at]);
    })
    .toSorted((a, b) => variables(a.route) - variables(b.route))[0];
}

const answered: readonly Answered[] = all.flatMap(({ name, path, json, xml }) => {
  const operation = operationAt(path);
  if (untranslated.has(name) || operation?.answer === undefined) return [];
  return [{ name, json, xml, operation: operation.name, message: operation.answer }];
});

describe('recorded pairs of JSON and XML', { skip: noRecordings }, () => {
  for (const { name, json, xml, operation, message } of answered) {
    const time = otherTimes[name];
    const but = time === undefined ? '' : `, but for ${time.instead}, because ${time.because}`;
    test(`${name}: the JSON is written as the XML that ${operation} had${but}`, () => {
      const written = xmlWriter(message)(fromDocument(message, json));
      assert.equal(written.repaired, false);
      const actual = resolvedTree(atNoTime(written.document, time?.instead));
      assert.deepEqual(bare(actual), bare(resolvedTree(atNoTime(xml, time?.instead))));
    });

    const deviation = pairDeviations[name];
    const why =
      deviation === undefined ? 'gives the JSON back' : `gives all back but what differs: ${deviation.because}`;
    test(`${name}: the XML of ${operation} ${why}`, () => {
      const comparison = comparePair({ name, json, xml }, { message, operations: [operation], isRequest: false });
      assert.ok(comparison, 'it is another message');
      assert.deepEqual(differences(comparison.read), deviation?.instead ?? []);
    });
  }

  test('every pair is one of an operation, or of something that is known not to be translated', () => {
    const known = new Set([...answered.map(({ name }) => name), ...untranslated]);
    assert.deepEqual(
      all.map(({ name }) => name).filter((name) => !known.has(name)),
      [],
    );
  });

  test('nothing that is said not to be translated is translated after all', () => {
    const names = new Set(all.map(({ name }) => name));
    assert.deepEqual(
      [...untranslated].filter((name) => !names.has(name)),
      [],
    );
    assert.deepEqual(
      all.flatMap(({ name, path }) => (untranslated.has(name) ? (operationAt(path)?.name ?? []) : [])),
      [],
    );
  });

  test('every deviation of a pair is one that a recording needs', () => {
    assertAllNeeded(pairDeviations, new Map<string, readonly string[]>(answered.map(({ name }) => [name, []])));
    const different = answered.filter(({ json, xml, message }) => {
      const { document } = xmlWriter(message)(fromDocument(message, json));
      return !isDeepStrictEqual(bare(resolvedTree(document)), bare(resolvedTree(xml)));
    });
    assert.deepEqual(different.map(({ name }) => name).toSorted(), Object.keys(otherTimes).toSorted());
  });
});

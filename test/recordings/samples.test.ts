import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { comparePair, differences, type Way } from '../../tools/coverage-api/compare.ts';
import { describedMessages, type Described } from '../../tools/coverage-api/described.ts';
import { readSamples, type SamplePair } from '../../tools/coverage-api/pairs.ts';
import { matchesOf, type Match } from '../../tools/coverage-api/survey.ts';
import { assertAllNeeded } from '../support/deviations.ts';
import { noRecordings, recordedFile, recordedFolder } from '../support/vectors.ts';
import { answerDeviations, answerValues, deserializerDeviations, noRequest, ofEachRun } from './sample-deviations.ts';
import { requestSampleDeviations, writtenValues, type Told } from './sample-deviations.ts';

/** A sample request, and the JSON that legacy Nova's deserializer made of it. */
interface Deserialized {
  readonly sample: string;
  readonly root: string;
  readonly xml: string;
  readonly body: SamplePair['json'];
}

const described = describedMessages(operations);
const requests = described.filter(({ isRequest }) => isRequest);
const bothUses = described.filter(({ isRequest }) => !isRequest);

const pairs = noRecordings === false ? readSamples(recordedFolder('samples')).pairs : [];
/** The message of each sample that fits any; the first if several fit equally well. */
const matches = pairs.flatMap((pair) => matchesOf(pair, described).slice(0, 1));
const answers = matches.filter((match) => !isRequestSample(match));
const asked = pairs.filter(({ name }) => matches.some((match) => match.pair === name && isRequestSample(match)));

const deserialized = (noRecordings === false ? readDeserialized() : []).flatMap(({ sample, xml, body }) => {
  const pair = { name: sample, xml, json: body };
  return fits(pair).length > 0 ? [pair] : [];
});

describe('published samples of answers', { skip: noRecordings }, () => {
  for (const { pair, operations: named, written, read } of answers) {
    const deviation = answerDeviations[pair];
    const why =
      deviation === undefined ? 'has the same members in both forms' : `differs, because ${deviation.because}`;
    test(`${pair}, of ${named.join(' or ')}, ${why}`, () => {
      const told = [...inForm('written', written), ...inForm('read', read)];
      assert.deepEqual(told, deviation?.instead ?? []);
    });

    test(`${pair} differs in values of its run alone, or in those that are known`, () => {
      const known = answerValues[pair]?.instead ?? [];
      assert.deepEqual(
        read.otherValues.filter((path) => !ofEachRun.has(path)),
        known,
      );
      // Each member is at one place of the XML; those of a map are at two, as its key and its value are in JSON.
      const inXmlAlone = writtenValues[pair]?.instead ?? [];
      const inBoth = written.otherValues.filter((path) => !inXmlAlone.includes(path));
      if (deviation === undefined) assert.equal(inBoth.length, read.otherValues.length);
      assert.equal(written.otherValues.length - inBoth.length, inXmlAlone.length);
    });
  }

  test('every deviation of an answer, and every value of a run, is one that a sample needs', () => {
    const nothing = new Map<string, readonly string[]>(answers.map(({ pair }) => [pair, []]));
    assertAllNeeded(answerDeviations, nothing);
    assertAllNeeded(answerValues, nothing);
    assertAllNeeded(writtenValues, nothing);
    const met = new Set(answers.flatMap(({ read }) => read.otherValues));
    assert.deepEqual(
      [...ofEachRun].filter((path) => !met.has(path)),
      [],
    );
  });

  test(`${answers.length} of ${pairs.length} pairs are answers: ${countsOf(answers)}`, () => {
    assert.equal(answers.filter(({ outcome }) => outcome === 'differs').length, Object.keys(answerDeviations).length);
  });
});

describe('published samples of requests', { skip: noRecordings }, () => {
  askTheSame(asked, requestSampleDeviations, 'is read alike from XML and JSON');

  test(`${asked.length} of ${pairs.length} pairs are requests, all of them read both ways`, () => {
    assert.ok(asked.length > Object.keys(requestSampleDeviations).length);
  });
});

describe(
  "published samples of requests and what legacy Nova's deserializer made of them",
  { skip: noRecordings },
  () => {
    askTheSame(deserialized, deserializerDeviations, 'is read as legacy Nova read it');

    test(`${deserialized.length} requests are read as the deserializer read them, or known not to be`, () => {
      assert.ok(deserialized.length > Object.keys(deserializerDeviations).length);
    });
  },
);

/** Test that both forms are read as the same by the request that they fit best. */
function askTheSame(all: readonly SamplePair[], deviations: Told, what: string): void {
  for (const pair of all) {
    const deviation = deviations[pair.name];
    test(`${pair.name} ${deviation === undefined ? what : `differs, because ${deviation.because}`}`, () => {
      const told = fits(pair).map(({ read }) => differences(read));
      const [least = [noRequest]] = told.toSorted((a, b) => a.length - b.length);
      assert.deepEqual(least, deviation?.instead ?? []);
    });
  }

  test(`every deviation is one that a sample needs, where a sample ${what}`, () => {
    assertAllNeeded(deviations, new Map<string, readonly string[]>(all.map(({ name }) => [name, []])));
  });
}

/** A pair read as every request that has its root, also those which are answers, too. */
function fits(pair: SamplePair): readonly { readonly read: Way }[] {
  const alsoRequests = bothUses.filter(isAlsoRequest).map((each) => ({ ...each, isRequest: true }));
  return [...requests, ...alsoRequests].flatMap((each) => comparePair(pair, each) ?? []);
}

function isAlsoRequest({ message }: Described): boolean {
  return (operations as readonly Operation[]).some(({ request }) => request === message);
}

/** Messages that are both are published under the names of both. */
function isRequestSample({ as, pair }: Match): boolean {
  return as === 'request' || pair.endsWith('-req');
}

function inForm(way: string, found: Way): string[] {
  return differences({ ...found, otherValues: [], isSame: true }).map((told) => `${way}: ${told}`);
}

function countsOf(all: readonly Match[]): string {
  const count = (outcome: Match['outcome']): number => all.filter((match) => match.outcome === outcome).length;
  return `${count('both ways')} the same both ways, ${count('same form')} of the same form, ${count('differs')} different`;
}

function readDeserialized(): Deserialized[] {
  return JSON.parse(recordedFile('vectors/request-samples.json').toString('utf8')) as Deserialized[];
}

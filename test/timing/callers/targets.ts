import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Operation } from '../../../src/compute/operation.ts';
import { operations } from '../../../src/compute/operations/operations.ts';
import { limitSettings } from '../../../src/config/settings/limits.ts';
import { setNoteHeaders } from '../../../src/http/answer/note-headers.ts';
import { countParts } from '../../../src/http/body/parsed-size.ts';
import { handlingOf } from '../../../src/http/translate/preference.ts';
import { createRouter } from '../../../src/http/translate/router.ts';
import { json } from '../../../src/media/json.ts';
import { namedVersion } from '../../../src/media/named-version.ts';
import { namesJson, negotiate, preferredRange } from '../../../src/media/negotiate.ts';
import { xml } from '../../../src/media/xml.ts';
import { jsonBytes } from '../../../src/schema/json-bytes.ts';
import { toDocument } from '../../../src/schema/json-document.ts';
import { secretsOf } from '../../../src/schema/redact.ts';
import { normalize } from '../../../src/upstream/normalize.ts';
import { dropped } from '../../../src/upstream/note.ts';
import { plan } from '../../../src/upstream/plan.ts';
import { membersOf } from '../../../src/upstream/profile.ts';
import { ecsProfile } from '../../../src/upstream/profiles/ecs.ts';
import { refusedUnaided } from '../../../src/schema/unaided.ts';
import { carryPersonality } from '../../../src/upstream/user-data/carry-personality.ts';
import { parseXml } from '../../../src/xml/parse.ts';
import { freshReading } from '../../schema/fresh-reading.ts';
import type { Around, Vocabulary } from '../../support/hostile-texts.ts';
import type { Target } from '../slowest-texts.ts';
import { holesIn } from './holes.ts';
import { headerFields, jsonContent, targets, userData, valueWords, xmlContent, xmlTags } from './vocabularies.ts';

type Medium = 'xml' | 'json';

const described: readonly Operation[] = operations;
const rules = { permissions: '0644', maxBytes: 32_768 };
const profile = ecsProfile(rules);

const maxParts = limitSettings.settings.request.maxParts.default ?? Infinity;

/** Do all that the gateway does with a body before it is sent. */
function translate(body: Buffer, medium: Medium, operation: Operation, keepUnknown = false): void {
  const message = operation.request;
  if (message === undefined) return;
  if (countParts(body, medium, maxParts) > maxParts) return;
  const reading = freshReading({ keepUnknown });
  const parsed = { xml, json }[medium].open(body);
  parsed.action();
  const value = parsed.readAs(message, reading);
  const notes = [...reading.unknown, ...reading.passedOver.map(({ path }) => path)].map((path) => dropped(path, 'x'));
  const { content } = normalize(plan(value, membersOf(profile, operation), undefined, message.root), {});
  setNoteHeaders(new ServerResponse(new IncomingMessage(new Socket())), notes, 20);
  jsonBytes(toDocument(message, content), reading.verbatim);
  secretsOf(message)(value);
}

const rebuild = described.find(({ name }) => name === 'rebuild');

function bodies(name: string, medium: Medium, vocabulary: Vocabulary, most: number): Target {
  return {
    name: `${name}, ${most} bytes`,
    vocabulary,
    most,
    prepare: (text) => {
      const body = Buffer.from(text).subarray(0, most);
      return () => rebuild && translate(body, medium, rebuild);
    },
  };
}

/** Documents of every operation with a value of any length in each place. */
function values(medium: Medium, most: number): Target {
  const operationOf = new Map<string, Operation>();
  const frames = described.flatMap((operation): readonly Around[] => {
    const found = operation.request === undefined ? [] : holesIn(operation.request, medium);
    for (const [before] of found) operationOf.set(before, operation);
    return found;
  });
  const beginnings = [...operationOf.keys()].toSorted((a, b) => b.length - a.length);
  return {
    name: `values of every operation in ${medium}, ${most} bytes`,
    vocabulary: { words: valueWords, nests: [], frames },
    most,
    prepare: (text) => {
      const beginning = beginnings.find((candidate) => text.startsWith(candidate)) ?? '';
      const operation = operationOf.get(beginning);
      const body = Buffer.from(text).subarray(0, most);
      return () => operation && translate(body, medium, operation, medium === 'json');
    },
  };
}

const inUtf16: Target = {
  name: 'documents in UTF-16',
  vocabulary: xmlContent,
  most: 57_000,
  prepare: (text) => {
    const body = Buffer.from(`\uFEFF${text}`, 'utf16le');
    return () => parseXml(body);
  },
};

const files = [{ path: '/a', contents: 'eA==' }];
const carry = carryPersonality(rules, refusedUnaided);

function joined(which: 'given' | 'present'): Target {
  return {
    name: `${which} user data that is unpacked`,
    vocabulary: userData,
    most: 262_144,
    prepare: (text) => {
      const packed = gzipSync(Buffer.from(text).subarray(0, 262_144)).toString('base64');
      return () => carry.carry(files, { given: undefined, present: undefined, at: 'x', [which]: packed });
    },
  };
}

/** The longest header of a request, in characters. */
const mostHeader = 65_536;
const route = createRouter(operations);

const fields: Target = {
  name: 'header fields',
  vocabulary: headerFields,
  most: mostHeader,
  prepare: (text) => () => {
    negotiate({ suffix: undefined, accept: text, own: undefined, fallback: 'caller' });
    preferredRange(text);
    namesJson(text);
    namedVersion(text, text);
    handlingOf(text, 'lenient');
  },
};

const paths: Target = {
  name: 'paths',
  vocabulary: targets,
  most: mostHeader,
  prepare: (text) => () => [route('POST', text), route('GET', text)],
};

/** The functions that read a caller's bytes, with bodies of the default limit and of a mebibyte. */
export const callerTargets: readonly Target[] = [
  ...[114_688, 1_048_576].flatMap((most) => [
    bodies('XML in elements', 'xml', xmlContent, most),
    bodies('XML in tags', 'xml', xmlTags, most),
    bodies('JSON', 'json', jsonContent, most),
    values('xml', most),
    values('json', most),
  ]),
  inUtf16,
  joined('given'),
  joined('present'),
  fields,
  paths,
];

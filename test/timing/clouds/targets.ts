import type { Operation } from '../../../src/compute/operation.ts';
import { operations } from '../../../src/compute/operations/operations.ts';
import { choicesDocument } from '../../../src/compute/resources/version.ts';
import { fixedLimits } from '../../../src/config/fixed-limits.ts';
import { readGeneric, writeGeneric } from '../../../src/http/answer/document/generic-document.ts';
import { locationOf } from '../../../src/http/translate/location.ts';
import { codingsOf } from '../../../src/http/cloud/content-coding.ts';
import { hopByHopNames } from '../../../src/http/cloud/header-fields.ts';
import { dropVersionFields } from '../../../src/http/cloud/legacy-path.ts';
import { isFromGateway } from '../../../src/http/cloud/via.ts';
import { isJson } from '../../../src/http/forward/read/json-type.ts';
import { toNodeHeaders } from '../../../src/http/forward/node-headers.ts';
import { codecFor } from '../../../src/media/codecs.ts';
import { fromDocument } from '../../../src/schema/json-document.ts';
import type { Message } from '../../../src/schema/shapes.ts';
import { readSlices } from '../../../src/schema/read/read-slices.ts';
import { listKeyOf } from '../../../src/schema/slices.ts';
import { genericMessage } from '../../../src/schema/write/generic-xml.ts';
import { documentOf, isRedirect } from '../../../src/upstream/cloud-answer.ts';
import { isAcknowledgement } from '../../../src/upstream/faults/acknowledgement.ts';
import { cloudFault, isLegacyFault } from '../../../src/upstream/faults/cloud-fault.ts';
import { errorInSuccess } from '../../../src/upstream/faults/error-in-success.ts';
import { pageText } from '../../../src/upstream/faults/page-text.ts';
import { redactMessage } from '../../../src/upstream/faults/redact-message.ts';
import { validRetryAfter } from '../../../src/upstream/faults/retry-after.ts';
import { createCloudLinks } from '../../../src/upstream/link-rewriter.ts';
import { gatewayLink } from '../../../src/upstream/links.ts';
import { judgeProfile } from '../../../src/upstream/profile-verdict.ts';
import { readVersions } from '../../../src/upstream/versions-document.ts';
import { answerWords } from '../hostile-answers.ts';
import type { Target } from '../slowest-texts.ts';
import { announce, answerOf, documentTargets, links, most, mostShort, writeNow } from './documents.ts';
import { answerFields, faultBodies, faultWords, linkBodies, pages, versionBodies } from './vocabularies.ts';

const { faultBytes } = fixedLimits;
/** The longest item that is read as a slice, in bytes: a little less than mostInSlice of read-slices.ts. */
const mostItem = 65_000;
const described: readonly Operation[] = operations;
const xmlForm = (message: Message): ReturnType<ReturnType<typeof codecFor>['compose']> =>
  codecFor('application/xml').compose(message, false);

/** The messages of all lists, by the key of the list; of several with the same key the last has the most members. */
const messageBy = new Map(
  described.flatMap(({ answer }) => {
    const key = answer && listKeyOf(answer);
    return answer === undefined || key === undefined ? [] : [[key, answer] as const];
  }),
);
const keyOf = /^\{"(\w+)"/;

/** An item of a list, and the members beside it: they are read and written in one turn. */
const lists: readonly Target[] = [
  {
    name: 'slices of every list',
    vocabulary: {
      ...answerWords,
      frames: [...messageBy.keys()].flatMap((key): Target['vocabulary']['frames'] => [
        [`{"${key}":[{`, '"z":1}]}'],
        [`{"${key}":[{"metadata":{`, '"z":1}}]}'],
        [`{"${key}":[{"links":[`, '{}]}]}'],
        [`{"${key}":[],`, '"z":1}'],
      ]),
    },
    most: mostItem,
    prepare: (text) => async () => {
      const message = messageBy.get(keyOf.exec(text)?.[1] ?? '');
      if (message === undefined) return;
      for (const { value } of readSlices(message, answerOf(text, mostItem).body))
        await writeNow({ message, content: value }, { type: 'application/xml', compose: xmlForm, links });
    },
  },
];

/** Documents that nothing describes. */
const generic: readonly Target[] = [
  {
    name: 'reading documents that nothing describes',
    vocabulary: answerWords,
    most,
    prepare: (text) => () => readGeneric(answerOf(text, most).body, false),
  },
  {
    name: 'writing documents that nothing describes',
    vocabulary: answerWords,
    most,
    prepare: (text) => {
      const read = readGeneric(answerOf(text, most).body, false);
      return () => read && announce(writeGeneric(read, links, { timeSliceMs: Infinity }));
    },
  },
  {
    name: 'both of a short one',
    vocabulary: answerWords,
    most: mostShort,
    prepare: (text) => () => {
      const read = readGeneric(answerOf(text, mostShort).body, false);
      return read && announce(writeGeneric(read, links, { timeSliceMs: Infinity }));
    },
  },
  {
    name: 'slices of a list that nothing describes',
    vocabulary: {
      ...answerWords,
      frames: [
        ['{"things":[{', '"z":1}]}'],
        ['{"things":[],', '"z":1}'],
      ],
    },
    most: mostItem,
    prepare: (text) => () => [...readSlices(genericMessage('things'), answerOf(text, mostItem).body)],
  },
];

/** The longest message in which secrets are searched, and all secrets of a request of the default length, in characters. */
const mostMessage = 16_384;
const mostSecrets = 114_688;
const piece = 1800;

function piecesOf(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / piece) }, (_, n) => text.slice(n * piece, (n + 1) * piece));
}

const faults: readonly Target[] = [
  {
    name: 'faults',
    vocabulary: faultBodies,
    most: faultBytes,
    prepare: (text) => {
      const answer = answerOf(text, faultBytes, 400);
      return () => [isLegacyFault(answer), cloudFault(answer, ['ab', 'secret', 'Secret0 <b>'])];
    },
  },
  {
    name: 'faults in a success',
    vocabulary: faultBodies,
    most: 8192,
    prepare: (text) => {
      const answer = answerOf(text, 8192);
      return () => [isAcknowledgement(answer), errorInSuccess(answer, 'likely', () => ['ab', 'secret'])];
    },
  },
  { name: 'pages', vocabulary: pages, most: 16_384, prepare: (text) => () => pageText(text, 400) },
  {
    name: 'messages that quote',
    vocabulary: pages,
    most: mostMessage,
    prepare: (text) => () => redactMessage(text, ['ab', 'secret', 'Secret0 <b>', text.slice(0, 64), text.slice(-2000)]),
  },
  {
    name: 'messages of a request full of secrets',
    vocabulary: { words: faultWords, nests: [], frames: [['', '']] },
    most: mostSecrets,
    prepare: (text) => {
      const secrets = piecesOf(text).map((one, n) => `${n}${one}`);
      return () => redactMessage(text.slice(0, mostMessage), secrets);
    },
  },
];

const cloudLinks = createCloudLinks('http://c:8774/compute');

const passedOn: readonly Target[] = [
  {
    name: 'links in JSON that is passed on',
    vocabulary: linkBodies,
    most: faultBytes,
    prepare: (text) => () => cloudLinks.rewriter(links, true).whole(text),
  },
  {
    name: 'links in JSON that arrives in parts',
    vocabulary: linkBodies,
    most: faultBytes,
    prepare: (text) => {
      const bytes = Buffer.from(text, 'latin1');
      return () => {
        const rewriter = cloudLinks.rewriter(links, true);
        for (let at = 0; at < bytes.length; at += 1024) rewriter.part(bytes.subarray(at, at + 1024));
        rewriter.rest();
      };
    },
  },
];

const versions: readonly Target[] = [
  {
    name: 'documents of versions and choices',
    vocabulary: versionBodies,
    most: faultBytes,
    prepare: (text) => {
      const answer = answerOf(text, faultBytes);
      return () => {
        judgeProfile(readVersions(answer), 'nova');
        const document = documentOf(answer);
        const content = document && fromDocument(choicesDocument, document);
        return writeNow({ message: choicesDocument, content }, { type: 'application/xml', compose: xmlForm, links });
      };
    },
  },
];

/** The longest header section of an answer: undici's and node's limit, in bytes. */
const mostHeader = 16_384;
const located = described.filter(({ location }) => location !== undefined);

const fields: readonly Target[] = [
  {
    name: 'header fields',
    vocabulary: answerFields,
    most: mostHeader,
    prepare: (text) => {
      const headers = { location: text, vary: text, via: text, connection: text, 'content-encoding': text };
      const answer = { ...answerOf('', 0, 201), headers };
      return () => {
        for (const operation of located) locationOf(answer, operation, undefined, (route) => route, links);
        toNodeHeaders({ a: [text, text], 'set-cookie': text, server: text });
        dropVersionFields({ vary: text });
        hopByHopNames(headers);
        return [validRetryAfter(text), codingsOf(headers), isFromGateway(answer), isRedirect(answer)];
      };
    },
  },
  {
    name: 'header fields with links and types',
    vocabulary: answerFields,
    most: mostHeader,
    prepare: (text) => () => [
      cloudLinks.inField(text, links),
      gatewayLink(text, links),
      isJson({ 'content-type': text }),
    ],
  },
];

/** Everything that the bytes of a cloud reach on the event loop. */
export const cloudTargets: readonly Target[] = [
  ...documentTargets,
  ...lists,
  ...generic,
  ...faults,
  ...passedOn,
  ...versions,
  ...fields,
];

import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Operation } from '../../../src/compute/operation.ts';
import { operations } from '../../../src/compute/operations/operations.ts';
import { fixedLimits } from '../../../src/config/fixed-limits.ts';
import { limitSettings } from '../../../src/config/settings/limits.ts';
import { sliced, writeDocument, type CallersDocument, type Form } from '../../../src/http/answer/document/document.ts';
import { formOf, type FormChoice } from '../../../src/http/answer/document/form.ts';
import { resourceOf, type Resource } from '../../../src/http/answer/document/resource.ts';
import { selfLinkOf } from '../../../src/http/answer/document/self-link.ts';
import { setNoteHeaders } from '../../../src/http/answer/note-headers.ts';
import type { CloudAnswer } from '../../../src/upstream/cloud-answer.ts';
import type { LinkBase } from '../../../src/upstream/links.ts';
import type { Around, Vocabulary } from '../../support/hostile-texts.ts';
import type { Target } from '../slowest-texts.ts';
import { structureFrames, textFrames } from './frames.ts';
import { structures, texts } from './vocabularies.ts';

const described: readonly Operation[] = operations;
/** The longest document that is read or written in one turn of the event loop, in bytes. */
export const most = fixedLimits.wholeDocumentBytes;
/** The length below which it is read and written in the same turn, in bytes. */
export const mostShort = limitSettings.settings.exchanges.longAnswerBytes.default ?? Infinity;

export const links: LinkBase = { publicUrl: 'https://gateway.example.org', version: 'v2', cloudPath: '/compute' };

/** Make an answer of the text, no longer than it may be. */
export function answerOf(text: string, longest: number, status = 200): CloudAnswer {
  const body = Buffer.from(text).subarray(0, longest);
  return { status, headers: { 'content-type': 'application/json' }, body };
}

/** Note the changes of a document in the header section. */
export async function announce(written: Promise<CallersDocument>): Promise<void> {
  const { notes } = await written;
  setNoteHeaders(new ServerResponse(new IncomingMessage(new Socket())), notes, 20);
}

/** Write a resource in one turn. */
export async function writeNow(resource: Resource, form: Form): Promise<void> {
  selfLinkOf(resource.content);
  await announce(writeDocument(sliced(resource, false), form, { timeSliceMs: Infinity }));
}

function resourceIn(text: string, longest: number, operation: Operation): Resource | undefined {
  try {
    return resourceOf(answerOf(text, longest, operation.status), operation, () => ['ab', 'secret']);
  } catch {
    return undefined;
  }
}

/** The frames of documents, and the operation of each. */
interface Frames {
  readonly frames: readonly Around[];
  readonly operationOf: (text: string) => Operation | undefined;
}

function framesOf(find: (operation: Operation) => readonly Around[]): Frames {
  const known = new Map<string, Operation>();
  const frames = described.flatMap((operation) => {
    const found = find(operation);
    for (const [before] of found) known.set(before, operation);
    return found;
  });
  const beginnings = [...known.keys()].toSorted((a, b) => b.length - a.length);
  const beginningOf = (text: string): string => beginnings.find((beginning) => text.startsWith(beginning)) ?? '';
  return { frames, operationOf: (text) => known.get(beginningOf(text)) };
}

function reading(what: string, { operationOf }: Frames, vocabulary: Vocabulary): Target {
  return {
    name: `reading ${what}`,
    vocabulary,
    most,
    prepare: (text) => {
      const operation = operationOf(text);
      return () => operation && resourceIn(text, most, operation);
    },
  };
}

function writing(what: string, { operationOf }: Frames, vocabulary: Vocabulary, type: FormChoice['type']): Target {
  const isFeed = type === 'application/atom+xml';
  const hasForm = (operation: Operation | undefined): operation is Operation =>
    operation !== undefined && (!isFeed || operation.feed !== undefined);
  const frames = vocabulary.frames.filter(([before]) => hasForm(operationOf(before)));
  return {
    name: `writing ${what} as ${type}`,
    vocabulary: { ...vocabulary, frames },
    most,
    prepare: (text) => {
      const operation = operationOf(text);
      const resource = hasForm(operation) ? resourceIn(text, most, operation) : undefined;
      return () => resource && operation && writeNow(resource, formOf({ type, keepAll: false, links }, operation));
    },
  };
}

function short(what: string, { operationOf }: Frames, vocabulary: Vocabulary): Target {
  return {
    name: `reading and writing ${what} of a short answer`,
    vocabulary,
    most: mostShort,
    prepare: (text) => {
      const operation = operationOf(text);
      return () => {
        const resource = operation && resourceIn(text, mostShort, operation);
        if (resource === undefined || operation === undefined) return undefined;
        return writeNow(resource, formOf({ type: 'application/xml', keepAll: false, links }, operation));
      };
    },
  };
}

const types = ['application/xml', 'application/json', 'application/atom+xml'] as const;

function targetsOf(what: string, frames: Frames, vocabulary: Vocabulary): readonly Target[] {
  const written = types.map((type) => writing(what, frames, vocabulary, type));
  return [reading(what, frames, vocabulary), ...written, short(what, frames, vocabulary)];
}

const inTexts = framesOf(textFrames);
const inStructures = framesOf(structureFrames);

/** The reading and writing of the documents of every operation, with hostile texts and hostile structures in each place. */
export const documentTargets: readonly Target[] = [
  ...targetsOf('texts', inTexts, texts(inTexts.frames)),
  ...targetsOf('structures', inStructures, structures(inStructures.frames)),
];

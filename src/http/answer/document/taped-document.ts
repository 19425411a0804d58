import { NotSliced } from '../../../schema/read/read-slices.ts';
import { codecOf } from '../../../media/media-type.ts';
import { listKeyOf } from '../../../schema/slices.ts';
import type { Message } from '../../../schema/shapes.ts';
import { NotOnTape } from '../../../schema/tape/tape.ts';
import { writeOnTape } from '../../../schema/tape/document/write-document.ts';
import { TapedList } from '../../../schema/tape/document/write-list.ts';
import { tapeLinks } from '../../../upstream/link-prefixes.ts';
import type { AnswerTimes } from '../../exchange/exchange.ts';
import { notesOf, type CallersDocument } from './document.ts';
import { feedType, type FormChoice } from './form.ts';
import { isSendable } from './self-link.ts';
import { inTimeSlices } from './time-slices.ts';

/** A document that was written from a tape, and the self link of its resource if that was asked for. */
export interface TapedAnswer extends CallersDocument {
  readonly self: string | undefined;
}

/**
 * Write a document from the bytes of the cloud's JSON, without making objects of it; other exchanges are served between the parts of
 * a list. Undefined for a document that is unusual or wrong: then it must be parsed, which finds the fault.
 * @param wantsSelf true to find the self link too
 */
export async function writeTaped(
  message: Message,
  json: Buffer,
  { type, links, keepAll }: FormChoice,
  wantsSelf: boolean,
  { timeSliceMs }: Pick<AnswerTimes, 'timeSliceMs'>,
): Promise<TapedAnswer | undefined> {
  const format = type === feedType ? undefined : codecOf[type];
  if (format === undefined || (format === 'json' && keepAll)) return undefined;
  try {
    if (listKeyOf(message) === undefined) {
      const { written, self } = writeOnTape(message, json, format, tapeLinks(links), wantsSelf);
      return {
        document: written.document,
        notes: notesOf(message, written),
        self: isSendable(self) ? self : undefined,
      };
    }
    const list = new TapedList(message, json, format, tapeLinks(links));
    await inTimeSlices(list.stretches(), timeSliceMs, () => undefined);
    const { written } = list;
    return written && { document: written.document, notes: notesOf(message, written), self: undefined };
  } catch (error) {
    if (error instanceof NotOnTape || error instanceof NotSliced) return undefined;
    throw error;
  }
}

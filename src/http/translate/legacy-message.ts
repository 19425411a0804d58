import { modernVersion } from '../../compute/path-facts.ts';
import { codecOf } from '../../media/media-type.ts';
import type { QuotaLimits, Reading } from '../../schema/read/reading.ts';
import type { Note } from '../../upstream/note.ts';
import { passedOver, unknownMember } from './announce-notes.ts';
import type { ParsedRequest } from './request.ts';
import type { Call } from './router.ts';

/** The value of the legacy message, the notes on what was not read of it, and the state of reading it. */
export interface Legacy {
  readonly value: unknown;
  readonly notes: readonly Note[];
  readonly reading: Reading;
}

/** Read the legacy message. @throws {Fault} 400 or 413 with the path of the member */
export function readLegacy({ operation, body }: ParsedRequest, { version }: Call, quotas: QuotaLimits): Legacy {
  const isXml = body !== undefined && codecOf[body.type] === 'xml';
  const keepUnknown = version === modernVersion && body !== undefined && !isXml;
  const reading: Reading = { limits: quotas, unknown: [], passedOver: [], keepUnknown, isXml };
  const value = operation.request && body?.parsed.readAs(operation.request, reading);
  body?.release();
  const unknown = keepUnknown ? [] : reading.unknown.map((path) => unknownMember(path, operation));
  const notes = [...unknown, ...reading.passedOver.map((part) => passedOver(part, operation))];
  return { value, notes, reading };
}

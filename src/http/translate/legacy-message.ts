import { codecOf } from '../../media/media-type.ts';
import type { QuotaLimits, Reading } from '../../schema/read/reading.ts';
import type { Note } from '../../upstream/note.ts';
import { unknownMember } from './announce-notes.ts';
import type { ParsedRequest } from './request.ts';
import { modernVersion, type Call } from './router.ts';

/** The value of the legacy message, the notes on its unknown members, and the state of reading it. */
export interface Legacy {
  readonly value: unknown;
  readonly notes: readonly Note[];
  readonly reading: Reading;
}

/** Read the legacy message. @throws {Fault} 400 or 413 with the path of the member */
export function readLegacy({ operation, body }: ParsedRequest, { version }: Call, quotas: QuotaLimits): Legacy {
  const keepUnknown = version === modernVersion && body !== undefined && codecOf[body.type] === 'json';
  const reading: Reading = { limits: quotas, unknown: [], keepUnknown };
  const value = operation.request && body?.parsed.readAs(operation.request, reading);
  body?.release();
  const notes = keepUnknown ? [] : reading.unknown.map((path) => unknownMember(path, operation));
  return { value, notes, reading };
}

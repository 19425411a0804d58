import { gzipSync } from 'node:zlib';
import { LedgerStoreError } from '../../ledger/store-error.ts';
import type { LedgerFailure } from '../views/ledger-types.ts';
import { printDocument } from './documents/print-document.ts';
import type { Kept } from './read/kept-reading.ts';
import { QueryError } from './read/query-error.ts';
import type { KeyOnDays } from './read/key-on-days.ts';
import type { LedgerAnswer, LedgerQuestion } from './thread-messages.ts';

/** The most documents that are kept for one reading. */
const mostKept = 64;

/** The documents of the last reading, so that readers of the same page share them. */
export class KeptDocuments {
  #version = 0;
  readonly #answers = new Map<string, LedgerAnswer>();

  /** Answer a question. @param onDays the keys of the days that it is about; undefined for all days */
  answer(question: LedgerQuestion, kept: Kept, onDays: readonly KeyOnDays[] | undefined): LedgerAnswer {
    if (kept.version !== this.#version) this.#answers.clear();
    this.#version = kept.version;
    const { path, query, isGzipped } = question;
    const text = JSON.stringify([path, query, isGzipped]);
    const known = this.#answers.get(text);
    if (known !== undefined) return known;
    const answer = answerQuestion(question, kept, onDays);
    if (this.#answers.size >= mostKept) this.#answers.clear();
    this.#answers.set(text, answer);
    return answer;
  }
}

function answerQuestion(
  { path, query, isGzipped }: LedgerQuestion,
  { reading, failure }: Kept,
  onDays: readonly KeyOnDays[] | undefined,
): LedgerAnswer {
  if (reading === undefined) return failureAnswer(503, failure ?? noReading);
  const text = printDocument({ reading, failure, onDays }, path, new URLSearchParams(query));
  return { status: 200, form: path.form, body: isGzipped ? gzipSync(text) : Buffer.from(text), isGzipped };
}

/** Answer a question that failed. */
export function answerError(error: unknown): LedgerAnswer {
  if (error instanceof QueryError) return failureAnswer(400, { code: 'EINVAL', message: error.message });
  if (error instanceof LedgerStoreError) return failureAnswer(503, { code: error.code, message: error.message });
  const message = error instanceof Error ? error.message : String(error);
  return failureAnswer(500, { code: 'EDEFECT', message: `The document cannot be made (${message}).` });
}

const noReading: LedgerFailure = { code: 'ENOENT', message: 'The ledger has not been read yet.' };

/** Make the answer of a failure. */
export function failureAnswer(status: number, error: LedgerFailure): LedgerAnswer {
  return { status, form: 'json', body: Buffer.from(`${JSON.stringify({ error })}\n`), isGzipped: false };
}

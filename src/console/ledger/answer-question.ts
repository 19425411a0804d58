import { gzipSync } from 'node:zlib';
import type { LedgerFailure } from '../views/ledger-types.ts';
import { printDocument } from './documents/print-document.ts';
import type { Kept } from './read/kept-reading.ts';
import { QueryError } from './rows/table-query.ts';
import type { LedgerAnswer, LedgerQuestion } from './thread-messages.ts';

/** The most documents that are kept for one reading. */
const mostKept = 64;

/** The documents of the last reading, so that readers of the same page share them. */
export class KeptDocuments {
  #version = 0;
  readonly #answers = new Map<string, LedgerAnswer>();

  /** Answer a question. */
  answer(question: LedgerQuestion, kept: Kept): LedgerAnswer {
    if (kept.version !== this.#version) this.#answers.clear();
    this.#version = kept.version;
    const { path, query, isGzipped } = question;
    const text = JSON.stringify([path, query, isGzipped]);
    const known = this.#answers.get(text);
    if (known !== undefined) return known;
    const answer = answerQuestion(question, kept);
    if (this.#answers.size >= mostKept) this.#answers.clear();
    this.#answers.set(text, answer);
    return answer;
  }
}

function answerQuestion({ path, query, isGzipped }: LedgerQuestion, { reading, failure }: Kept): LedgerAnswer {
  if (reading === undefined) return failureAnswer(503, failure ?? noReading);
  try {
    const text = printDocument({ reading, failure }, path, new URLSearchParams(query));
    return { status: 200, form: path.form, body: isGzipped ? gzipSync(text) : Buffer.from(text), isGzipped };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return failureAnswer(400, { code: 'EINVAL', message: error.message });
  }
}

const noReading: LedgerFailure = { code: 'ENOENT', message: 'The ledger has not been read yet.' };

/** Make the answer of a failure. */
export function failureAnswer(status: number, error: LedgerFailure): LedgerAnswer {
  return { status, form: 'json', body: Buffer.from(`${JSON.stringify({ error })}\n`), isGzipped: false };
}

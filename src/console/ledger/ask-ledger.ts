import { failureAnswer } from './answer-question.ts';
import type { LedgerPath } from './documents/ledger-documents.ts';
import { NoAnswerError, type LedgerThread } from './ledger-thread.ts';
import type { LedgerAnswer } from './thread-messages.ts';

/** Longest query that is read: one with every member at its longest. */
const longestQuery = 2000;

/** A request for a document of the ledger. */
interface LedgerRequest {
  readonly path: LedgerPath;
  readonly query: URLSearchParams;
  readonly isGzipped: boolean;
  /** The path of the retirement file; '' for none. */
  readonly retire: string;
}

/** Answer a request for a document of the ledger. @param ledger undefined for a gateway that counts nothing */
export async function askLedger(
  ledger: LedgerThread | undefined,
  { path, query, isGzipped, retire }: LedgerRequest,
): Promise<LedgerAnswer> {
  if (ledger === undefined) return failureAnswer(404, switchedOff);
  const text = query.toString();
  if (text.length > longestQuery) return failureAnswer(400, { code: 'EINVAL', message: 'The query is too long.' });
  try {
    return await ledger.ask({ path, query: text, retire, now: Date.now(), isGzipped });
  } catch (error) {
    if (error instanceof NoAnswerError) return failureAnswer(503, error.failure);
    throw error;
  }
}

const switchedOff = { code: 'ELEDGEROFF', message: 'The ledger is switched off: set ledger.store.' };

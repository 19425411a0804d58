import { parentPort, workerData } from 'node:worker_threads';
import { openLedgerStore } from '../../ledger/open/open-store.ts';
import { readRetirementFile, RetirementFileError } from '../../retirement/read/read-file.ts';
import type { RetirementFile } from '../../retirement/retirement-file.ts';
import { answerError, KeptDocuments } from './answer-question.ts';
import { hasDays } from './documents/ledger-documents.ts';
import { GivenContents } from './given-contents.ts';
import { allDays, readDayRange, type DayRange } from './read/day-range.ts';
import { KeptDays } from './read/kept-days.ts';
import { KeptReading } from './read/kept-reading.ts';
import { keysOnDays } from './read/key-on-days.ts';
import { contentsOf, readLedger, type LedgerContents, type LedgerReading } from './read/reading.ts';
import type { FromThread, LedgerAnswer, LedgerQuestion, ToThread } from './thread-messages.ts';

// The entry of the thread that reads and judges the ledger for the console, so that none of it holds the event loop that serves
// callers.

/** The options of the thread. */
export interface LedgerThreadOptions {
  /** The setting `ledger.store`; undefined for a store that the owner hands over. */
  readonly place: string | undefined;
}

// The owner of the thread gives it these options.
const { place } = workerData as LedgerThreadOptions;
const documents = new KeptDocuments();
let given = { reading: 0, contents: new GivenContents() };
let last: Pick<LedgerQuestion, 'now' | 'retire'> = { now: 0, retire: '' };
const kept = new KeptReading(() => inTurn(undefined, readAll));
const days = new KeptDays((range, reading) => inTurn(range, ({ counts }) => keysOnDays(counts, range, reading)));
/** The end of the last reading: each waits for the one before. */
let lastReading: Promise<unknown> = Promise.resolve();

parentPort?.on('message', (message: ToThread) => {
  if (message.kind !== 'ask') {
    // A reading that failed may not have taken all that was sent for it.
    if (message.reading === given.reading) given.contents.receive(message);
    return;
  }
  const { id, question } = message;
  last = question;
  void answer(question).then((found) => send({ kind: 'answer', id, answer: found }));
});

async function answer(question: LedgerQuestion): Promise<LedgerAnswer> {
  try {
    const range = hasDays(question.path) ? readDayRange(new URLSearchParams(question.query), question.now) : undefined;
    const known = await kept.current();
    return documents.answer(question, known, await days.of(range, known));
  } catch (error) {
    return answerError(error);
  }
}

/** Read the ledger. @param range the days whose counts are wanted; undefined for everything */
function inTurn<T>(range: DayRange | undefined, use: (contents: LedgerContents) => Promise<T>): Promise<T> {
  const result = lastReading.then(() => readStore(range, use));
  lastReading = result.catch(() => undefined);
  return result;
}

async function readStore<T>(range: DayRange | undefined, use: (contents: LedgerContents) => Promise<T>): Promise<T> {
  given = { reading: given.reading + 1, contents: new GivenContents() };
  send({ kind: 'read', reading: given.reading, range });
  await given.contents.begun;
  if (place === undefined) return use(given.contents);
  const store = await openLedgerStore(place, { access: 'read' });
  try {
    return await use(contentsOf(store, range?.first ?? allDays.first));
  } finally {
    await store.close();
  }
}

function readAll(contents: LedgerContents): Promise<LedgerReading> {
  const { now, retire } = last;
  return readLedger(contents, now, {
    path: retire,
    file: retirementIn(retire),
    isOfThisAlone: place === undefined,
  });
}

/** Read the retirement file. One with mistakes proves nothing; the log of the gateway tells them. */
function retirementIn(path: string): RetirementFile | undefined {
  if (path === '') return undefined;
  try {
    return readRetirementFile(path);
  } catch (error) {
    if (error instanceof RetirementFileError) return undefined;
    throw error;
  }
}

function send(message: FromThread): void {
  parentPort?.postMessage(message, []);
}

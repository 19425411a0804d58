import { parentPort, workerData } from 'node:worker_threads';
import { openLedgerStore } from '../../ledger/open/open-store.ts';
import { readRetirementFile, RetirementFileError } from '../../retirement/read/read-file.ts';
import type { RetirementFile } from '../../retirement/retirement-file.ts';
import { failureAnswer, KeptDocuments } from './answer-question.ts';
import { GivenContents } from './given-contents.ts';
import { KeptReading } from './read/kept-reading.ts';
import { contentsOf, readLedger, type LedgerReading } from './read/reading.ts';
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
let given = new GivenContents();
let last: Pick<LedgerQuestion, 'now' | 'retire'> = { now: 0, retire: '' };
const kept = new KeptReading(read);

parentPort?.on('message', (message: ToThread) => {
  if (message.kind !== 'ask') {
    given.receive(message);
    return;
  }
  const { id, question } = message;
  last = question;
  void answer(question).then((found) => send({ kind: 'answer', id, answer: found }));
});

async function answer(question: LedgerQuestion): Promise<LedgerAnswer> {
  try {
    return documents.answer(question, await kept.current());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failureAnswer(500, { code: 'EDEFECT', message: `The document cannot be made (${message}).` });
  }
}

async function read(): Promise<LedgerReading> {
  const { now, retire } = last;
  given = new GivenContents();
  send({ kind: 'read' });
  await given.begun;
  const named = { path: retire, file: retirementIn(retire), isOfThisAlone: place === undefined };
  if (place === undefined) return readLedger(given, now, named);
  const store = await openLedgerStore(place, { access: 'read' });
  try {
    return await readLedger(contentsOf(store), now, named);
  } finally {
    await store.close();
  }
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

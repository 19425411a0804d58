import { createInterface } from 'node:readline/promises';
import { safeText } from '../../ledger/count/safe-text.ts';
import { openLedgerStore } from '../../ledger/open/open-store.ts';
import { LedgerStoreError } from '../../ledger/store-error.ts';
import { UsageError, type CommandIo, type CommandValues } from '../command.ts';
import { unconfirmedCode } from '../exit-codes.ts';
import { writeJson } from '../output.ts';
import { sourceOf } from '../report/sources/source.ts';
import { storeOfSettings } from '../store-of-settings.ts';

/** The longest part of a project's name that is repeated, in characters. */
const longestName = 64;

const logsStay = 'Log files are not touched: remove them, or let them expire.';

/** Carry out the command ledger forget. @returns the exit code @throws {UsageError} */
export async function runForget({ args, options }: CommandValues, io: CommandIo): Promise<number> {
  const [project] = args;
  if (project === undefined || args.length > 1) throw new UsageError('Name one project: ledger forget PROJECT.');
  const { from, yes, json } = options;
  const text = typeof from === 'string' ? await storeIn(from) : storeOfSettings(io.environment);
  const name = safeText(project, longestName);
  if (yes !== true && !(await isConfirmed(name, io))) {
    io.stderr.write('Nothing was removed.\n');
    return unconfirmedCode;
  }
  const keys = await forget(text, project);
  if (json === true) writeJson(io, { project, keys });
  else io.stdout.write(`${removedText(keys, name)} ${logsStay}\n`);
  return 0;
}

/** Find the store that a text names, as a report does. @throws {UsageError} for another source of a report */
async function storeIn(text: string): Promise<string> {
  const source = await sourceOf(text);
  if (source.kind === 'store') return source.text;
  throw new UsageError(notStores[source.kind]);
}

const notStores = {
  admin: 'A gateway that runs forgets nothing by its admin port: name its store, sqlite:FILE or postgres://...',
  log: 'Log files are not touched. Name a ledger: sqlite:FILE, the path of such a file alone, or postgres://...',
  stdin: 'Log files are not touched. Name a ledger: sqlite:FILE, the path of such a file alone, or postgres://...',
} as const;

function removedText(keys: number, name: string): string {
  if (keys === 0) return `The ledger has nothing about project ${name}.`;
  return `Project ${name} was removed, with ${keys} ${keys === 1 ? 'key' : 'keys'}.`;
}

async function isConfirmed(name: string, { stdin, stderr }: CommandIo): Promise<boolean> {
  if (!stdin.isTTY) throw new UsageError('Without a terminal there is nobody to ask: add --yes.');
  const question = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await question.question(
      `Remove all counts of project ${name}? They cannot be restored. ${logsStay} [yes/no] `,
    );
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    question.close();
  }
}

async function forget(text: string, project: string): Promise<number> {
  try {
    const store = await openLedgerStore(text, { access: 'change' });
    try {
      return await store.forget(project);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof LedgerStoreError) throw new UsageError(error.message);
    throw error;
  }
}

import type { DayCount, KeyHistory, LedgerKey, LedgerRun } from '../../../ledger/entry.ts';
import { UsageError } from '../../command.ts';
import type { LedgerSink } from './ledger-data.ts';

/** The longest wait for a page, in milliseconds. */
const pageWaitMs = 60_000;

/** A page of the ledger, as the admin port prints it. */
interface ReadPage {
  readonly keys: readonly LedgerKey[];
  readonly days: readonly (Omit<DayCount, 'key'> & { readonly key: number })[];
  readonly next: string | null;
  readonly runs: readonly LedgerRun[];
  readonly histories: readonly (Omit<KeyHistory, 'key'> & { readonly key: number })[];
}

/** Read the ledger of a running gateway, page by page. @param token of the admin port @throws {UsageError} */
export async function readAdmin(url: URL, token: string | undefined, sink: LedgerSink): Promise<void> {
  const address = new URL('/ledger', url);
  for (let from: string | null = ''; from !== null;) {
    if (from !== '') address.searchParams.set('from', from);
    const page: ReadPage = await readPageAt(address, token);
    const { keys, days, runs, histories, next } = page;
    for (const { key, ...count } of days) sink.count({ key: keyAt(keys, key, address), ...count });
    for (const { key, ...history } of histories) sink.history({ key: keyAt(keys, key, address), ...history });
    for (const run of runs) sink.run(run);
    // A page that leads back would be read for ever.
    if (next !== null && next <= from) throw notOfGateway(address);
    from = next;
  }
}

async function readPageAt(address: URL, token: string | undefined): Promise<ReadPage> {
  const response = await fetch(address, {
    // A token is sent nowhere else.
    redirect: 'error',
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(pageWaitMs),
  }).catch((error: unknown) => {
    throw new UsageError(
      `${address.origin} cannot be reached (${causeOf(error)}): it must be the admin port of a gateway that runs (admin.port).`,
    );
  });
  const { status } = response;
  if (status === 401 || status === 403)
    throw new UsageError(`${address.origin} wants the token of its admin port: name its file with --token-file.`);
  if (status !== 200)
    throw new UsageError(
      `${address.origin} answered ${status} instead of its ledger: it must be the admin port of a gateway with a ledger (ledger.store).`,
    );
  const page: unknown = await response.json().catch(() => undefined);
  if (!isPage(page)) throw notOfGateway(address);
  return page;
}

/** Check the form of a page as far as reading it depends on it. */
function isPage(value: unknown): value is ReadPage {
  if (typeof value !== 'object' || value === null) return false;
  const { keys, days, runs, histories, next } = value as Readonly<Record<string, unknown>>;
  return (
    [keys, days, runs, histories].every((list) => Array.isArray(list)) && (next === null || typeof next === 'string')
  );
}

function keyAt(keys: readonly LedgerKey[], at: number, address: URL): LedgerKey {
  const key = keys[at];
  if (key === undefined) throw notOfGateway(address);
  return key;
}

function notOfGateway({ origin }: URL): UsageError {
  return new UsageError(`${origin} answered something else than a ledger: it must be the admin port of a gateway.`);
}

/** Say in a word why fetch failed. Its own error is a TypeError for everything; a port that it never uses has no cause with a code. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause, name } = error;
  if (!(cause instanceof Error)) return name === 'TimeoutError' ? `no answer in ${pageWaitMs / 1000} s` : 'unknown';
  return 'code' in cause ? String(cause.code) : cause.message;
}

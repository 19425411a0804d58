import { fixedLimits } from '../../config/fixed-limits.ts';
import { ledgerPlaceOf, type LedgerPlace } from '../../config/settings/way-out/ledger-place.ts';
import { MemoryStore } from '../memory/memory-store.ts';
import type { LedgerStore } from '../store.ts';
import { LedgerStoreError } from '../store-error.ts';

/**
 * The use of a store. read: a report, which changes and creates nothing. change: a command that removes something. keep: a
 * gateway, which creates what is missing, and whose store must not hold its event loop.
 */
export type LedgerAccess = 'read' | 'change' | 'keep';

/**
 * Open the store that a text names, as the setting `ledger.store` does: `sqlite:FILE` or `postgres://...`; for `keep`, also
 * `memory`. A store that is only away is opened for `keep`, and connected by the calls that follow.
 * @throws {LedgerStoreError} for a store that cannot be used, in words for the operator
 */
export async function openLedgerStore(
  text: string,
  { access }: { readonly access: LedgerAccess },
): Promise<LedgerStore> {
  const place = ledgerPlaceOf(text);
  if (place === undefined || (access !== 'keep' && isNowhere(place)))
    throw new LedgerStoreError(
      'this names no store of a ledger: it must be sqlite: and the path of a file, or the URL of a PostgreSQL database, postgres://...',
      'EINVAL',
      true,
    );
  return openPlace(place, access);
}

function isNowhere({ kind }: LedgerPlace): boolean {
  return kind === 'memory' || kind === 'off';
}

async function openPlace(place: LedgerPlace, access: LedgerAccess): Promise<LedgerStore> {
  switch (place.kind) {
    case 'off':
    case 'memory':
      return new MemoryStore();
    case 'sqlite':
      return openFile(place.file, access);
    case 'postgres':
      return (await import('../postgres/postgres-store.ts')).createPostgresStore(place.url, { access });
    default:
      return place satisfies never;
  }
}

/** Open a file. Its modules are loaded only here, because node's SQLite takes time and memory. */
async function openFile(file: string, access: LedgerAccess): Promise<LedgerStore> {
  const { callsHere, sqliteStore } = await import('../sqlite/sqlite-store.ts');
  const options = { file, access, busyMs: fixedLimits.ledgerBusyMs };
  const calls =
    access === 'keep' ? (await import('../sqlite/threaded-calls.ts')).callsInThread(options) : callsHere(options);
  try {
    await calls.call('open');
  } catch (error) {
    if (access !== 'keep' || (error instanceof LedgerStoreError && error.isLasting)) {
      await calls.close();
      throw error;
    }
  }
  return sqliteStore(calls);
}

import { openLedgerStore } from '../../../ledger/open/open-store.ts';
import { LedgerStoreError } from '../../../ledger/store-error.ts';
import { UsageError } from '../../command.ts';
import type { LedgerSink } from './ledger-data.ts';

/** A day before all days of a ledger. */
const firstDay = '1970-01-01';

/** Read the store of a ledger. @param text as the setting `ledger.store` @throws {UsageError} */
export async function readStore(text: string, sink: LedgerSink): Promise<void> {
  try {
    const store = await openLedgerStore(text, { access: 'read' });
    try {
      for (const run of await store.runs()) sink.run(run);
      for (const history of await store.histories()) sink.history(history);
      for await (const count of store.read(firstDay)) sink.count(count);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof LedgerStoreError) throw new UsageError(error.message);
    throw error;
  }
}

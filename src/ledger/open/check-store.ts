import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { ledgerPlaceOf } from '../../config/settings/way-out/ledger-place.ts';
import { olderCode } from '../schema-steps.ts';
import type { LedgerStore } from '../store.ts';
import { LedgerStoreError } from '../store-error.ts';
import { openLedgerStore } from './open-store.ts';

/**
 * Check that a gateway can use the store of a setting. Nothing is created or changed: a check may run as another user than the
 * gateway, to whom a new file would then not belong.
 * @throws {LedgerStoreError} which is lasting if a start would fail
 */
export async function checkLedgerStore(text: string): Promise<void> {
  const place = ledgerPlaceOf(text);
  if (place?.kind === 'postgres') return readFrom(text);
  if (place?.kind !== 'sqlite') return;
  const { file } = place;
  assertWritable(dirname(file), file);
  if (!existsSync(file)) return;
  assertWritable(file, file);
  await readFrom(text);
}

async function readFrom(text: string): Promise<void> {
  let store: LedgerStore | undefined;
  try {
    store = await openLedgerStore(text, { access: 'read' });
    await store.keys(1);
  } catch (error) {
    // A start creates the ledger, or brings it up to date.
    if (!(error instanceof LedgerStoreError && error.code === olderCode)) throw error;
  } finally {
    await store?.close();
  }
}

function assertWritable(path: string, file: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch {
    throw new LedgerStoreError(
      `the ledger's file ${file}: ${path} must exist, and this user must be allowed to write to it (EACCES)`,
      'EACCES',
      true,
    );
  }
}

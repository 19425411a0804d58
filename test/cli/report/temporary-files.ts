import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openLedgerStore } from '../../../src/ledger/open/open-store.ts';
import type { LedgerRun } from '../../../src/ledger/entry.ts';
import { countOf, type Call } from '../../way-out/simulated.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-'));
after(() => rmSync(folder, { recursive: true }));

/** Write a file that is removed after the tests of this file. */
export function temporaryFile(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Return a path for a file that is removed after the tests of this file. */
export function temporaryPath(name: string): string {
  return join(folder, name);
}

/** Write a ledger. @returns its path */
export async function temporaryLedger(
  name: string,
  calls: readonly Call[],
  runs: readonly LedgerRun[],
): Promise<string> {
  const path = join(folder, name);
  const store = await openLedgerStore(`sqlite:${path}`, { access: 'keep' });
  for (const run of runs) {
    const ofRun = calls.filter(({ time }) => time >= run.startedAt && time <= run.storedAt);
    await store.write(run, ofRun.map(countOf));
  }
  await store.close();
  return path;
}

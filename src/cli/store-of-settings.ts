import type { Environment } from '../config/environment.ts';
import { loadGroup } from '../config/load.ts';
import { ConfigError } from '../config/mistakes.ts';
import { UsageError } from './command.ts';

/** Return the store of the settings, for a command that names none. @throws {UsageError} if it cannot be read from outside */
export function storeOfSettings(environment: Environment): string {
  const { store } = fromSettings(() => loadGroup(environment, 'ledger'));
  if (store !== 'memory' && store !== 'off') return store;
  throw new UsageError(
    `The setting ledger.store is ${store}, which no other process can read. Name a ledger with --from: sqlite:FILE or postgres://...; a report also reads log files, and the admin port of a gateway, such as http://127.0.0.1:9774.`,
  );
}

/** Load settings for a command. @throws {UsageError} for mistakes in them */
export function fromSettings<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}

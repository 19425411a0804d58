import { withGivenNames, type Environment } from '../../config/environment.ts';
import { ConfigError } from '../../config/mistakes.ts';
import { ledgerPlaceOf } from '../../config/settings/way-out/ledger-place.ts';
import type { Config } from '../../config/settings.ts';
import { openGatewayLedger, type GatewayLedger, type LedgerSurroundings } from '../../ledger/keep/gateway-ledger.ts';
import { checkLedgerStore } from '../../ledger/open/check-store.ts';
import { LedgerStoreError } from '../../ledger/store-error.ts';

/** Open the ledger of a gateway; undefined if it is switched off. @throws {ConfigError} for a store that can never be used */
export async function startLedger(
  { ledger }: Pick<Config, 'ledger'>,
  surroundings: LedgerSurroundings,
): Promise<GatewayLedger | undefined> {
  try {
    return await openGatewayLedger(ledger, surroundings);
  } catch (error) {
    throw storeMistake(error, process.env);
  }
}

/**
 * Check that the store of the ledger can be used, and warn of a database that is away, without which a gateway starts.
 * @throws {ConfigError} for a store that can never be used
 */
export async function ledgerWarnings(
  { ledger }: Pick<Config, 'ledger'>,
  environment: Environment,
): Promise<readonly string[]> {
  try {
    await checkLedgerStore(ledger.store);
    return [];
  } catch (error) {
    const isFile = ledgerPlaceOf(ledger.store)?.kind === 'sqlite';
    // The URL of a database that can never be used is refused by the start, too.
    if (!(error instanceof LedgerStoreError) || (isFile && error.isLasting) || error.code === 'EINVAL')
      throw storeMistake(error, environment);
    const sentence = `ledger.store: ${error.message}; a gateway starts, and stores its counts when it can.`;
    return [withGivenNames(sentence, environment)];
  }
}

/** Make a mistake in the settings of the error of a store; other errors stay as they are. */
function storeMistake(error: unknown, environment: Environment): unknown {
  if (!(error instanceof LedgerStoreError)) return error;
  return new ConfigError([withGivenNames(`ledger.store: ${error.message}.`, environment)]);
}

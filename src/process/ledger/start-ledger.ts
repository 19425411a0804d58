import { withGivenNames } from '../../config/environment.ts';
import { ConfigError } from '../../config/mistakes.ts';
import type { Config } from '../../config/settings.ts';
import { openGatewayLedger, type GatewayLedger, type LedgerSurroundings } from '../../ledger/keep/gateway-ledger.ts';
import { LedgerStoreError } from '../../ledger/store-error.ts';

/** Open the ledger of a gateway; undefined if it is switched off. @throws {ConfigError} for a store that can never be used */
export async function startLedger(
  { ledger }: Pick<Config, 'ledger'>,
  surroundings: LedgerSurroundings,
): Promise<GatewayLedger | undefined> {
  try {
    return await openGatewayLedger(ledger, surroundings);
  } catch (error) {
    throw storeMistake(error);
  }
}

/** Make a mistake in the settings of the error of a store; other errors stay as they are. */
export function storeMistake(error: unknown): unknown {
  if (!(error instanceof LedgerStoreError)) return error;
  return new ConfigError([withGivenNames(`ledger.store: ${error.message}.`, process.env)]);
}

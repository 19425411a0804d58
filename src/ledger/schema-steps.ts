import { LedgerStoreError } from './store-error.ts';

/**
 * A step of the schema of a store. Steps are forward only, and each is a transaction. A fleet is upgraded gateway by gateway:
 * the newest one takes the step while older ones still write, so a step adds (a table, a column with a default, an index) and
 * changes or removes nothing that they use.
 */
export interface SchemaStep {
  /** The version of the schema after the step: 1 for the first, then one more each. */
  readonly version: number;
  /** The oldest version of the schema whose gateways may still use it after the step: 1, as long as all steps only add. */
  readonly oldestUser: number;
  /** The change in a few words, for people who look into the store. */
  readonly adds: string;
  readonly sql: string;
}

/** The version that a store says of itself. */
export interface SchemaState {
  /** 0 for a store without a ledger. */
  readonly version: number;
  readonly oldestUser: number;
}

/** The state of a store that has no ledger yet. */
export const noSchema: SchemaState = { version: 0, oldestUser: 0 };

const schemaCode = 'ELEDGERSCHEMA';
/** The code of a store that a gateway of this version brings up to date. */
export const olderCode = 'ELEDGEROLD';

/**
 * List the steps that a store lacks. A store that is newer than these steps lacks none.
 * @param place the store in the message
 * @throws {LedgerStoreError} if gateways that know these steps only may no longer use the store
 */
export function missingSteps(state: SchemaState, steps: readonly SchemaStep[], place: string): readonly SchemaStep[] {
  const known = steps.at(-1)?.version ?? 0;
  if (known < state.oldestUser) {
    const reason = `it is of a newer gateway (schema ${state.version}, for gateways that know ${state.oldestUser}; this one knows ${known})`;
    throw new LedgerStoreError(`${place}: ${reason}: use that version (${schemaCode})`, schemaCode, true);
  }
  return steps.filter(({ version }) => version > state.version);
}

/** Make the error of a reader that meets a store without a ledger, or with an older one: only gateways change the schema. */
export function olderSchema({ version }: SchemaState, steps: readonly SchemaStep[], place: string): LedgerStoreError {
  const needed = steps.at(-1)?.version ?? 0;
  const reason = version === 0 ? 'it has no ledger' : `its ledger has schema ${version}, needed is ${needed}`;
  return new LedgerStoreError(
    `${place}: ${reason}: let a gateway of this version use it once (${olderCode})`,
    olderCode,
    true,
  );
}

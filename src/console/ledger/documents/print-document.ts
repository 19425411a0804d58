import { isoText } from '../../../way-out/words/time-text.ts';
import { csvOf } from '../../table/csv.ts';
import type { LedgerData, LedgerFailure } from '../../views/ledger-types.ts';
import type { ReplicaRow } from '../../views/replica-types.ts';
import type { KeyOnDays } from '../read/key-on-days.ts';
import type { LedgerReading } from '../read/reading.ts';
import { chosenRows } from '../rows/judged.ts';
import { readTableQuery } from '../rows/table-query.ts';
import { ledgerDocuments, type LedgerPath } from './ledger-documents.ts';
import type { LedgerTable } from './ledger-tables.ts';

/** The data of a document, and why they are old. */
export interface KnownLedger {
  readonly reading: LedgerReading;
  readonly failure: LedgerFailure | null;
  /** The keys of the days that the query is about; undefined for all days. */
  readonly onDays: readonly KeyOnDays[] | undefined;
}

/** Print a document as JSON or CSV. @throws {QueryError} */
export function printDocument(known: KnownLedger, { route, item, form }: LedgerPath, query: URLSearchParams): string {
  const document = ledgerDocuments.get(route);
  if (document === undefined) return '';
  const { reading } = known;
  if ('view' in document) return jsonOf(known, document.view(reading, item));
  if ('table' in document) return printTableOf(known, document.table, query, form);
  const rows = document.rows(reading, item);
  return form === 'csv' ? csvOf(rows) : jsonOf(known, { [document.list]: rows });
}

function printTableOf(known: KnownLedger, table: LedgerTable, query: URLSearchParams, form: 'json' | 'csv'): string {
  const wishes = readTableQuery(query, table.by, form);
  const { limit, offset } = wishes;
  const rows = chosenRows(table.judge(known.reading, { ...wishes, onDays: known.onDays }), wishes);
  const shown = rows.slice(offset, offset + limit).map(table.write);
  return form === 'csv' ? csvOf(shown) : jsonOf(known, { total: rows.length, limit, offset, [table.list]: shown });
}

function jsonOf({ reading, failure }: KnownLedger, members: object): string {
  const data: LedgerData = {
    asOf: isoText(reading.at) ?? '',
    dataSince: isoText(reading.coverage.since ?? Number.NaN),
    failure,
    isSimulated: reading.isSimulated,
    gateways: {
      alive: countIn(reading, 'alive'),
      silent: countIn(reading, 'silent'),
      isThisAlone: reading.isOfThisAlone,
    },
  };
  return `${JSON.stringify({ ...data, ...members })}\n`;
}

function countIn({ replicas }: LedgerReading, state: ReplicaRow['state']): number {
  return replicas.filter((replica) => replica.state === state).length;
}

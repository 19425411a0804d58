import type { LedgerReading } from '../read/reading.ts';
import { countDistinct, figuresOf, reasonNamesOf } from '../rows/figures.ts';
import type { JudgedRow } from '../rows/judged-row.ts';
import { judgedByKind, judgedTogether, type Grouping } from '../rows/judged.ts';
import type { Dimension } from '../../../way-out/groups.ts';
import type { ClientRow, NeedRow, ProjectRow } from '../../views/ledger-types.ts';

/** A table of the ledger. */
export interface LedgerTable {
  /** The name of the list in the document. */
  readonly list: string;
  /** The members by which its rows are made; undefined for those of the query. */
  readonly by: readonly Dimension[] | undefined;
  readonly judge: (reading: LedgerReading, grouping: Grouping) => readonly JudgedRow[];
  readonly write: (judged: JudgedRow) => object;
}

/** The projects. */
export const projectTable: LedgerTable = {
  list: 'projects',
  by: ['project'],
  judge: judgedTogether,
  write: writeProject,
};

/** The clients, by their agents. */
export const clientTable: LedgerTable = { list: 'clients', by: ['agent'], judge: judgedTogether, write: writeClient };

/** The callers by any members. */
export const needTable: LedgerTable = { list: 'needs', by: undefined, judge: judgedByKind, write: writeNeed };

/** Write the row of a project. */
export function writeProject(judged: JudgedRow): ProjectRow {
  const { row, keys } = judged;
  return {
    project: row.name.project ?? '',
    ...figuresOf(judged),
    reasons: reasonNamesOf(keys),
    clients: countDistinct(keys, 'agent'),
    operations: countDistinct(keys, 'operation'),
  };
}

function writeClient(judged: JudgedRow): ClientRow {
  const { row, keys } = judged;
  return {
    agent: row.name.agent ?? '',
    ...figuresOf(judged),
    reasons: reasonNamesOf(keys),
    projects: countDistinct(keys, 'project'),
    networks: countDistinct(keys, 'network'),
    operations: countDistinct(keys, 'operation'),
  };
}

/** Write a row of any members. */
export function writeNeed(judged: JudgedRow): NeedRow {
  return { ...judged.row.name, ...figuresOf(judged) };
}

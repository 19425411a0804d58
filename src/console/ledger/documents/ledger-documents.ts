import type { LedgerReading } from '../read/reading.ts';
import { clientTable, needTable, projectTable, type LedgerTable } from './ledger-tables.ts';
import { listPlanRows, viewPlan } from './plan-view.ts';
import { listProjectDays, viewProject } from './project-view.ts';
import { listBurnDown, viewWayOut } from './way-out-view.ts';

/** A document that is made from the ledger. */
export type LedgerDocument = { readonly summary: string } & (
  | { readonly view: (reading: LedgerReading, item: string) => object }
  | { readonly table: LedgerTable }
  | {
      readonly list: string;
      readonly rows: (reading: LedgerReading, item: string) => readonly object[];
    }
);

/** The documents by the paths of their routes. PROJECT stands for an id, percent-encoded. */
export const ledgerDocuments: ReadonlyMap<string, LedgerDocument> = new Map<string, LedgerDocument>([
  [
    '/api/way-out',
    {
      summary: 'Who still needs the gateway, and when it can be switched off: the verdict, the reasons, the burn-down.',
      view: viewWayOut,
    },
  ],
  [
    '/api/way-out/days',
    {
      summary: 'The burn-down as a table: who needed the gateway, for each day and reason.',
      list: 'days',
      rows: listBurnDown,
    },
  ],
  ['/api/projects', { summary: 'The projects that needed the gateway.', table: projectTable }],
  [
    '/api/projects/PROJECT',
    { summary: 'One project: its verdict, its days, operations, reasons and clients.', view: viewProject },
  ],
  [
    '/api/projects/PROJECT/days',
    { summary: 'The calls of a project on each day.', list: 'days', rows: listProjectDays },
  ],
  ['/api/clients', { summary: 'The clients that needed the gateway, by their User-Agent.', table: clientTable }],
  [
    '/api/needs',
    {
      summary: 'Who needs the gateway for what: rows by any of project, agent, network, operation and reason.',
      table: needTable,
    },
  ],
  [
    '/api/retirement/plan',
    {
      summary:
        'Whom the retirement file would refuse, by the calls of the last 30 days; without one, a file to begin with.',
      view: viewPlan,
    },
  ],
  [
    '/api/retirement/plan/rows',
    {
      summary:
        'The same as a table: each caller and operation that a rule or a brownout would refuse, and who is left.',
      list: 'rows',
      rows: listPlanRows,
    },
  ],
  [
    '/api/replicas',
    {
      summary: 'The gateways that the ledger knows: which are alive, and which left gaps.',
      list: 'replicas',
      rows: ({ replicas }) => replicas,
    },
  ],
]);

/** A path of a route, read. */
export interface LedgerPath {
  /** The path in the list of documents. */
  readonly route: string;
  /** The project of the path; '' for a path without one. */
  readonly item: string;
  readonly form: 'json' | 'csv';
}

/** Read the path of a request; undefined for one that no document has. */
export function readLedgerPath(path: string): LedgerPath | undefined {
  const [, project, below = '', suffix] = /^\/api\/projects\/([^/]+?)(?:(\/days)(\.csv)?)?$/.exec(path) ?? [];
  if (project !== undefined) {
    const item = decoded(project);
    return item === undefined
      ? undefined
      : { route: `/api/projects/PROJECT${below}`, item, form: suffix ? 'csv' : 'json' };
  }
  const [, route = path, isTable] = /^(.*)(\.csv)$/.exec(path) ?? [];
  const found = ledgerDocuments.get(route);
  if (found === undefined || (isTable !== undefined && 'view' in found)) return undefined;
  return { route, item: '', form: isTable === undefined ? 'json' : 'csv' };
}

/** Check that a document can be about some days only. */
export function hasDays({ route }: LedgerPath): boolean {
  const document = ledgerDocuments.get(route);
  return document !== undefined && 'table' in document;
}

/** Name the list of a document, whose rows the table has; null for none. */
export function listOf(document: LedgerDocument): string | null {
  if ('view' in document) return null;
  return 'table' in document ? document.table.list : document.list;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

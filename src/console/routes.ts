import { ledgerDocuments, listOf } from './ledger/documents/ledger-documents.ts';
import { viewRetirement, viewWindows } from './retirement/retirement-view.ts';
import type { TableRow } from './table/csv.ts';
import { keptExchanges } from './live/kept-exchanges.ts';
import { viewCertificates, viewGateway } from './views/gateway-view.ts';
import { viewLimits } from './views/limits-view.ts';
import { viewOperations } from './views/operations-view.ts';
import { viewReasons } from './views/reasons-view.ts';
import { viewSettings } from './views/settings-view.ts';
import { replicaNameOf, type ConsoleSources } from './views/sources.ts';
import type { RouteView } from './views/view-types.ts';

/** A route with the document that it answers. */
type ConsoleRoute = DocumentRoute | TableRoute;

/** A route whose document is not a table. */
interface DocumentRoute {
  readonly summary: string;
  readonly view: (sources: ConsoleSources) => object | Promise<object>;
}

/** A route whose document has one list, which is a table as CSV. */
interface TableRoute {
  readonly summary: string;
  /** The name of the list in the document. */
  readonly list: string;
  readonly rows: (
    sources: ConsoleSources,
    query: URLSearchParams,
  ) => readonly TableRow[] | Promise<readonly TableRow[]>;
}

/** The routes by path. All of them only read, and the length of each document is that of what the code describes. */
export const consoleRoutes: ReadonlyMap<string, ConsoleRoute> = new Map<string, ConsoleRoute>([
  ['/api', { summary: 'These routes.', list: 'routes', rows: viewRoutes }],
  ['/api/gateway', { summary: 'Version, clouds, workers, the ledger and the last reload.', view: viewGateway }],
  ['/api/limits', { summary: 'Each limit with its use, summed over all workers.', list: 'limits', rows: viewLimits }],
  [
    '/api/certificates',
    { summary: 'The certificates in use, and when they expire.', list: 'certificates', rows: viewCertificates },
  ],
  [
    '/api/settings',
    { summary: 'Every setting with its value, its source and its help.', list: 'settings', rows: viewSettings },
  ],
  [
    '/api/reasons',
    {
      summary: 'The reasons for which callers need the gateway, with their cures.',
      list: 'reasons',
      rows: viewReasons,
    },
  ],
  [
    '/api/retirement',
    { summary: 'The retirement file: what it says, whether it is used, and what it refused.', view: viewRetirement },
  ],
  [
    '/api/retirement/windows',
    { summary: 'The brownouts of the retirement file on a calendar.', list: 'windows', rows: viewWindows },
  ],
  [
    '/api/operations',
    { summary: 'The operations that are translated, by name.', list: 'operations', rows: viewOperations },
  ],
  [
    '/api/exchanges',
    {
      summary: 'The exchanges that are kept (console.exchanges), the last one first; ?id= finds one by a request id.',
      list: 'exchanges',
      rows: ({ live, settings }, query) => keptExchanges(live, query.get('id')?.trim() ?? '', replicaNameOf(settings)),
    },
  ],
]);

/** List the routes themselves. */
function viewRoutes(): readonly RouteView[] {
  const document = { method: 'GET', form: 'document' } as const;
  const own = [...consoleRoutes].map(([path, route]) => ({
    path,
    summary: route.summary,
    list: 'list' in route ? route.list : null,
    ...document,
  }));
  const ofLedger = [...ledgerDocuments].map(([path, described]) => ({
    path,
    summary: described.summary,
    list: listOf(described),
    ...document,
  }));
  return [...own, ...ofLedger, ...services];
}

/** The routes that are no documents. */
const services: readonly RouteView[] = [
  {
    path: '/api/live',
    summary: 'The exchanges as they end, as server-sent events: hello, exchange, dropped, end.',
    list: null,
    method: 'GET',
    form: 'events',
  },
  {
    path: '/api/try',
    summary: 'What the cloud would get for a request, or the caller for an answer. Nothing is sent, kept or logged.',
    list: null,
    method: 'POST',
    form: 'document',
  },
];

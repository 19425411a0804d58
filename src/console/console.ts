import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { csvOf } from './table/csv.ts';
import { readConsoleFiles, scriptSources, shellPath, type ConsoleFile, type ConsoleFiles } from './files.ts';
import { askLedger } from './ledger/ask-ledger.ts';
import { LedgerThread, type ReadLedger } from './ledger/ledger-thread.ts';
import type { LedgerAnswer } from './ledger/thread-messages.ts';
import { readLedgerPath } from './ledger/documents/ledger-documents.ts';
import { hardening, noSources } from './headers/hardening.ts';
import { consoleRoutes } from './routes.ts';
import type { ConsoleSources } from './views/sources.ts';

/** A request to the console, which may see what it asks for. */
export interface ConsoleRequest {
  /** Without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly acceptEncoding: string;
  readonly ifNoneMatch: string;
}

/** An answer of the console. */
export interface ConsoleAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Bodies below this length are not compressed: they fit into one packet as they are. */
const leastCompressed = 1400;

/** Find the answer to a request for a page or one of its files; undefined for a path that is neither. */
export async function answerPage({ path, ...request }: ConsoleRequest): Promise<ConsoleAnswer | undefined> {
  const files = await readConsoleFiles();
  const [, name] = /^\/console\/files\/(.+)$/.exec(path) ?? [];
  const file = name === undefined ? shellFor(path, files) : files.get(name);
  return file && answerFile(file, request);
}

/** Create the thread that reads the ledger. It starts with its first question. */
export function openLedgerThread(ledger: ReadLedger): LedgerThread {
  return new LedgerThread(ledger);
}

/** Find the answer to a request for data; undefined for a path that has none. */
export async function answerData(
  { path, query, acceptEncoding }: ConsoleRequest,
  sources: ConsoleSources,
  ledger: LedgerThread | undefined,
): Promise<ConsoleAnswer | undefined> {
  const ledgerPath = readLedgerPath(path);
  if (ledgerPath !== undefined) {
    const wanted = { path: ledgerPath, query, isGzipped: takesGzip(acceptEncoding), retire: retireOf(sources) };
    return ledgerAnswer(await askLedger(ledger, wanted), path);
  }
  const [, name = path, suffix] = /^(.*)\.(csv)$/.exec(path) ?? [];
  const route = consoleRoutes.get(name);
  if (route === undefined) return undefined;
  if (!('list' in route)) return suffix ? undefined : compressed(json(await route.view(sources)), acceptEncoding);
  const rows = await route.rows(sources, query);
  return compressed(suffix ? csv(csvOf(rows), name) : json({ [route.list]: rows }), acceptEncoding);
}

/** Answer a page that asks whether it needs a token: a refused request for data would count as an attempt to guess it. */
export function answerProof(isProven: boolean): ConsoleAnswer {
  return json({ isProven });
}

/** Find the document of a page. A page is there if it has a module: `/console/reasons/xml-request` is of pages/reasons.js. */
function shellFor(path: string, files: ConsoleFiles): ConsoleFile | undefined {
  const [, page] = /^\/console(?:\/([a-z-]+)(?:\/[\w.~!*'()%-]+)?)?$/.exec(path) ?? [path, undefined];
  const isPage = path === '/console' || (page !== undefined && files.has(`pages/${page}.js`));
  return isPage ? files.get(shellPath) : undefined;
}

function answerFile(file: ConsoleFile, request: Omit<ConsoleRequest, 'path'>): ConsoleAnswer {
  const isGzipped = takesGzip(request.acceptEncoding);
  const { body, etag } = isGzipped ? file.gzipped : file.plain;
  const headers = {
    ...hardening,
    'Content-Security-Policy': policyOf(file),
    // Each use asks whether the file is still the same: after an upgrade no page mixes two versions.
    'Cache-Control': 'no-cache',
    ETag: etag,
  };
  const isSame = request.ifNoneMatch.split(',').some((known) => [etag, `W/${etag}`, '*'].includes(known.trim()));
  if (isSame) return { status: 304, headers, body: '' };
  const coding = isGzipped ? { 'Content-Encoding': 'gzip' } : {};
  return { status: 200, headers: { ...headers, ...coding, 'Content-Type': file.type }, body };
}

/** The policy of a file. Only a document has sources; a form that is sent without its script would put the token into a URL. */
function policyOf(file: ConsoleFile): string {
  if (!file.type.startsWith('text/html')) return noSources;
  const scripts = ["'self'", ...scriptSources(file)].join(' ');
  return `default-src 'self'; script-src ${scripts}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'`;
}

/** Return the path of the retirement file; '' for none. */
function retireOf({ settings }: ConsoleSources): string {
  const path = settings()['retire']?.value;
  return typeof path === 'string' ? path : '';
}

function ledgerAnswer({ status, form, body, isGzipped }: LedgerAnswer, path: string): ConsoleAnswer {
  const headers = form === 'csv' ? csvHeaders(path.replace(/\.csv$/, '')) : jsonHeaders;
  return { status, headers: isGzipped ? { ...headers, 'Content-Encoding': 'gzip' } : headers, body };
}

const jsonHeaders = { ...hardening, 'Content-Security-Policy': noSources, 'Content-Type': 'application/json' } as const;

function json(view: object): ConsoleAnswer {
  return { status: 200, headers: jsonHeaders, body: `${JSON.stringify(view)}\n` };
}

function csv(body: string, path: string): ConsoleAnswer {
  return { status: 200, headers: csvHeaders(path), body };
}

function csvHeaders(path: string): Readonly<Record<string, string>> {
  const name = path.split('/').at(-1) ?? '';
  return {
    ...hardening,
    'Content-Security-Policy': noSources,
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
  };
}

async function compressed(answer: ConsoleAnswer, acceptEncoding: string): Promise<ConsoleAnswer> {
  if (answer.body.length < leastCompressed || !takesGzip(acceptEncoding)) return answer;
  const body = await promisify(gzip)(answer.body);
  return { ...answer, headers: { ...answer.headers, 'Content-Encoding': 'gzip' }, body };
}

/** Check that a client takes gzip (RFC 9110, 12.5.3). */
function takesGzip(acceptEncoding: string): boolean {
  return acceptEncoding
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .some((each) => /^(?:x-)?gzip(?:\s*;\s*q=(?!0(?:\.0*)?$)[\d.]+)?$/.test(each));
}

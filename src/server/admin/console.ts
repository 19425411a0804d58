import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config/settings.ts';
import type { LedgerThread } from '../../console/ledger/ledger-thread.ts';
import { instanceOf } from '../../ledger/count/own-counts.ts';
import { RetirementFileReader } from '../../retirement/read/file-reader.ts';
import type { TryThread } from '../../console/try/try-thread.ts';
import { unguarded, type Guard } from './guard.ts';
import { isOwnHost } from './own-host.ts';
import { plainAnswer, type AdminAnswer, type PageContents } from './pages.ts';

/** The console, whose code is loaded by its first reader. */
export interface LazyConsole {
  /** Answer a request for a path of the console. */
  readonly show: (request: IncomingMessage, path: string, query: URLSearchParams) => Promise<AdminAnswer>;
  /** End the thread that reads the ledger. */
  readonly close: () => Promise<void>;
}

/** The only route that is no GET. It changes nothing either. */
export const tryPath = '/api/try';

/** Check that a path is one of the console, or of its data. */
export function isOfConsole(path: string): boolean {
  return /^\/(?:console|api)(?:\/|$)/.test(path) || /^\/api\.csv$/.test(path);
}

/**
 * Create the console. Its pages and their files are the same for everybody, and have nothing of this gateway: they are shown without
 * a proof where a token is one, because only a script can send a token. Data need a proof always.
 * @param settings returns the settings in use
 * @param place the setting `ledger.store`
 */
export function createConsole(
  settings: () => Config['admin'],
  place: string,
  guard: Guard,
  { settings: shown, metrics, retirementFile, ledger, live, config }: PageContents,
): LazyConsole {
  const sources = {
    settings: shown,
    snapshot: metrics.snapshot,
    retirement: new RetirementFileReader(retirementFile),
    live,
  };
  let thread: LedgerThread | undefined;
  const { answerService, close: closeServices } = createServices(guard, live, config);
  const show: LazyConsole['show'] = async (request, path, query) => {
    if (!guard.isSet()) return unguarded;
    const { host, names, tokenFile } = settings();
    const { headers } = request;
    if (!isOwnHost(onlyHost(request), [host, ...names])) return foreignHost;
    const isPage = path.startsWith('/console');
    const refusal = isPage && tokenFile !== '' ? undefined : guard.refusalOf(request);
    if (refusal !== undefined) return refusal;
    const answered = await answerService(request, path);
    if (answered !== undefined) return answered;
    const { answerData, answerPage, answerProof, openLedgerThread } = await import('../../console/console.ts');
    if (path === '/console/proof') return answerProof(guard.isProven(request));
    const acceptEncoding = headers['accept-encoding'] ?? '';
    const wanted = { path, query, acceptEncoding, ifNoneMatch: headers['if-none-match'] ?? '' };
    if (isPage) return (await answerPage(wanted)) ?? notFound;
    thread ??= ledger && openLedgerThread({ ...ledger, place });
    return (await answerData(wanted, sources, thread)) ?? notFound;
  };
  return { show, close: async () => void (await Promise.all([thread?.close(), closeServices()])) };
}

/** Create the routes that are no documents: the stream of exchanges, and the texts that are tried. */
function createServices(
  guard: Guard,
  live: PageContents['live'],
  config: PageContents['config'],
): {
  readonly answerService: (request: IncomingMessage, path: string) => Promise<AdminAnswer | undefined>;
  readonly close: () => Promise<void>;
} {
  let tried: TryThread | undefined;
  return {
    answerService: async (request, path) => {
      if (path === tryPath) {
        const { answerTry, openTryThread } = await import('../../console/try/answer-try.ts');
        tried ??= openTryThread(config);
        return answerTry(request, tried);
      }
      if (path !== '/api/live') return undefined;
      const { answerLive } = await import('../../console/live/answer-live.ts');
      const isHead = request.method === 'HEAD';
      return answerLive(live, instanceOf(config().ledger), { isHead, isProven: () => guard.isProven(request) });
    },
    close: async () => tried?.close(),
  };
}

const notFound = plainAnswer(404, 'not found');

/** Return the Host of a request; undefined for several, of which node would take the first (RFC 9112, 3.2). */
function onlyHost({ headersDistinct: { host = [] } }: IncomingMessage): string | undefined {
  return host.length === 1 ? host[0] : undefined;
}

const foreignHost = plainAnswer(
  421,
  'refused: the Host of the request is no name of this port; add the name to admin.names, or use localhost or an address',
);

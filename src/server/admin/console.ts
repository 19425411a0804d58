import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config/settings.ts';
import { RetirementFileReader } from '../../retirement/read/file-reader.ts';
import { unguarded, type Guard } from './guard.ts';
import { isOwnHost } from './own-host.ts';
import { plainAnswer, type AdminAnswer, type PageContents } from './pages.ts';

/** The function that answers a request for a path of the console. */
export type ShowConsole = (request: IncomingMessage, path: string) => Promise<AdminAnswer>;

/** Check that a path is one of the console, or of its data. */
export function isOfConsole(path: string): boolean {
  return /^\/(?:console|api)(?:\/|$)/.test(path) || /^\/api\.csv$/.test(path);
}

/**
 * Create the function that shows the console. Its pages and their files are the same for everybody, and have nothing of this
 * gateway: they are shown without a proof where a token is one, because only a script can send a token. Data need a proof always.
 * @param settings returns the settings in use
 */
export function createConsole(
  settings: () => Config['admin'],
  guard: Guard,
  { settings: shown, metrics, retirementFile }: PageContents,
): ShowConsole {
  const sources = { settings: shown, snapshot: metrics.snapshot, retirement: new RetirementFileReader(retirementFile) };
  return async (request, path) => {
    if (!guard.isSet()) return unguarded;
    const { host, names, tokenFile } = settings();
    const { headers } = request;
    if (!isOwnHost(headers.host, [host, ...names])) return foreignHost;
    const isPage = path.startsWith('/console');
    const refusal = isPage && tokenFile !== '' ? undefined : guard.refusalOf(request);
    if (refusal !== undefined) return refusal;
    // The code of the console is loaded by its first reader.
    const { answerData, answerPage, answerProof } = await import('../../console/console.ts');
    if (path === '/console/proof') return answerProof(guard.isProven(request));
    const acceptEncoding = headers['accept-encoding'] ?? '';
    const wanted = { path, acceptEncoding, ifNoneMatch: headers['if-none-match'] ?? '' };
    const answer = await (isPage ? answerPage(wanted) : answerData(wanted, sources));
    return answer ?? plainAnswer(404, 'not found');
  };
}

const foreignHost = plainAnswer(
  421,
  'refused: the Host of the request is no name of this port; add the name to admin.names, or use localhost or an address',
);

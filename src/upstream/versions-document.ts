import { isFields, type Fields } from '../schema/fields.ts';
import { documentOf, type CloudAnswer } from './cloud-answer.ts';

/** The answer of a cloud to the question for its versions, which needs no token. */
export type CloudVersions =
  /** It has v2.1; `highest` is its highest microversion, undefined if it names none. */
  | { readonly kind: 'nova'; readonly highest: string | undefined }
  /** It lists versions of Nova, and v2.1 is not among them. */
  | { readonly kind: 'old-nova' }
  /** It refuses or answers JSON, but no version. */
  | { readonly kind: 'undescribed'; readonly status: number }
  /** It answers a page or another document. */
  | { readonly kind: 'page'; readonly status: number }
  | { readonly kind: 'redirect'; readonly status: number }
  /** It cannot answer now. */
  | { readonly kind: 'failing'; readonly status: number };

/** The paths below the prefix of the cloud that have the document; Nova answers both without a token. */
const [ownPath, rootPath] = ['/v2.1/', '/'];

/**
 * Ask a cloud for its versions, with at most two requests. v2.1 is asked first: behind a balancer that routes only the versions
 * the root is another service.
 * @throws the error of `read`
 */
export async function askVersions(read: (path: string) => Promise<CloudAnswer>): Promise<CloudVersions> {
  const own = readVersions(await read(ownPath));
  if (isConclusive(own)) return own;
  return eitherOf(own, readVersions(await read(rootPath)));
}

/**
 * Ask as `askVersions` does, but first at the root, whose answer another question needs as well. The root counts alone only
 * if it names a microversion: image services list a v2.1 too.
 * @throws the error of `read`
 */
export async function askSharedVersions(read: (path: string) => Promise<CloudAnswer>): Promise<CloudVersions> {
  const root = await read(rootPath).then(readVersions, (error: unknown) => ({ error }));
  if ('kind' in root && root.kind === 'nova' && root.highest !== undefined) return root;
  const own = readVersions(await read(ownPath));
  if (isConclusive(own)) return own;
  if ('error' in root) throw root.error;
  return eitherOf(own, root);
}

/** Check that the answer of v2.1 needs no other beside it. */
function isConclusive({ kind }: CloudVersions): boolean {
  return kind === 'nova' || kind === 'failing';
}

function eitherOf(own: CloudVersions, root: CloudVersions): CloudVersions {
  return root.kind === 'nova' || root.kind === 'old-nova' || own.kind === 'page' ? root : own;
}

/** Read the versions from the answer to a GET of the root of the cloud or of a version. */
export function readVersions(answer: CloudAnswer): CloudVersions {
  const { status } = answer;
  if (status >= 500 || status === 429) return { kind: 'failing', status };
  const document = documentOf(answer);
  const versions = listedVersions(document);
  const current = versions.find(({ id }) => id === 'v2.1');
  if (current !== undefined) return { kind: 'nova', highest: highestOf(current) };
  // Choices (300) name no microversion, and other services list versions of their own.
  if (versions.some(({ id }) => id === 'v2.0' || id === 'v2')) return { kind: 'old-nova' };
  if (status > 300 && status < 400) return { kind: 'redirect', status };
  return { kind: document === undefined && !isRefusal(answer) ? 'page' : 'undescribed', status };
}

function listedVersions(document: Fields | undefined): readonly Fields[] {
  const { version, versions, choices } = document ?? {};
  return [version, ...[versions, choices].flatMap((list) => (Array.isArray(list) ? list : []))].filter(isFields);
}

function highestOf({ version }: Fields): string | undefined {
  return typeof version === 'string' && /^\d{1,3}\.\d{1,3}$/.test(version) ? version : undefined;
}

/** Check for a refusal without a text, or with one that is no page. */
function isRefusal({ status, headers }: CloudAnswer): boolean {
  return status >= 400 && !/html/i.test(headers['content-type']?.toString() ?? '');
}

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
const paths = ['/v2.1/', '/'] as const;

/**
 * Ask a cloud for its versions, with at most two requests. v2.1 is asked first: behind a balancer that routes only the versions
 * the root is another service.
 * @throws the error of `read`
 */
export async function askVersions(read: (path: string) => Promise<CloudAnswer>): Promise<CloudVersions> {
  const [own, root] = paths;
  const first = readVersions(await read(own));
  if (first.kind === 'nova' || first.kind === 'failing') return first;
  const second = readVersions(await read(root));
  return second.kind === 'nova' || second.kind === 'old-nova' || first.kind === 'page' ? second : first;
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

import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { urlWith } from '../tables/columns.js';

/** @import { ReasonView } from '../../src/console/views/view-types.ts' */

/**
 * A remark that a view is about a part only, with a link to all.
 * @param {{ url: URL, name: string, noun: string, hash?: string, textOf?: (value: string) => string }} props
 */
export function FilterNote({ url, name, noun, hash = '', textOf }) {
  const value = url.searchParams.get(name);
  if (value === null) return null;
  return html`<p class="filter-note">
    Only the ${noun}${' '}<span class="code"><bdi>${textOf?.(value) ?? value}</bdi></span
    >.${' '}
    <a href=${urlWith(url, { [name]: '' }) + hash}>Show all</a>
  </p>`;
}

/** The kinds of calls in words. */
const kinds = /** @type {Readonly<Record<string, string>>} */ ({
  needing: 'that fail without the gateway',
  notBreaking: 'that work without the gateway',
  failing: 'that fail either way',
  unverified: 'whose token the cloud did not accept',
});

/**
 * A remark that a view is about calls of one kind, with a link to all.
 * @param {{ url: URL, hash: string }} props
 */
export function KindNote({ url, hash }) {
  const kind = url.searchParams.get('kind');
  if (kind === null) return null;
  return html`<p class="filter-note">
    Only calls ${kinds[kind] ?? kind}. <a href=${urlWith(url, { kind: '' }) + hash}>Show all</a>
  </p>`;
}

/**
 * Load the choice of reasons of a table.
 * @returns {import('../tables/filters.js').Choice}
 */
export function useReasonChoice() {
  const { data } = useData('/api/reasons');
  const reasons = /** @type {{ reasons: readonly ReasonView[] } | undefined} */ (data)?.reasons ?? [];
  return {
    name: 'reason',
    label: 'Reason',
    options: [['', 'All'], ...reasons.map(({ reason }) => /** @type {const} */ ([reason, reason]))],
  };
}

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

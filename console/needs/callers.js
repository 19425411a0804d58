import { useData } from '../data/use-data.js';
import { html } from '../html.js';
import { countOf } from '../parts/amounts.js';
import { Section } from '../parts/section.js';
import { SettingLink } from '../parts/setting-link.js';
import { pageQuery, queryOf } from '../tables/columns.js';
import { Filters } from '../tables/filters.js';
import { PagedTable } from '../tables/paged-table.js';
import { FilterNote, useReasonChoice } from './filter-note.js';
import { LedgerState } from './ledger-state.js';
import { LedgerNotes } from './notes.js';
import { dayParameters, DaysNote, daysQuery } from './on-days.js';
import { LedgerSource } from './source.js';
import { kindChoice, StateMeanings, stateChoice } from './states.js';

/** @import { LedgerData, TablePage } from '../../src/console/views/ledger-types.ts' */

/** The parameters of a view that its links to other rows take along. */
const passedOn = ['reason', 'kind', ...dayParameters];

/**
 * A table of all callers of a kind.
 * @template Row
 * @typedef {{
 *   readonly list: 'projects' | 'clients',
 *   readonly title: string,
 *   readonly lead: string,
 *   readonly heading: string,
 *   readonly noun: string,
 *   readonly of: Readonly<{ name: string, noun: string, textOf?: (value: string) => string }>,
 *   readonly columnsOf: (links: CallerLinks) => readonly import('../tables/columns.js').Column<Row>[],
 *   readonly keyOf: (row: Row) => string,
 *   readonly empty: import('../html.js').Children,
 * }} CallerTable `of` is the member by which a URL may choose among the rows
 */

/**
 * The filter of the view, as the end of a query: the links to the rows behind a number take it along.
 * @typedef {{ readonly filter: string }} CallerLinks
 */

/**
 * The page of all callers of a kind: searched, filtered, ordered and paged by the URL.
 * @param {{ url: URL, table: CallerTable<any> }} props
 */
export function Callers({ url, table }) {
  const { list, title, lead, heading, noun, of } = table;
  const query = queryOf(url, ['q', 'state', 'sort', of.name, ...passedOn]);
  const loaded = useData(`/api/${list}?${pageQuery(query, url)}`);
  const view = /** @type {CallersView | undefined} */ (loaded.data);
  const reasonChoice = useReasonChoice();
  return html`<div class="page-head">
      <h1 tabindex="-1">${title}</h1>
      <p class="lead">${lead}</p>
    </div>
    <${LedgerState} loaded=${loaded} />
    <${LedgerNotes} data=${view} />
    ${
      view !== undefined &&
      html`<${Section} id=${list} title=${heading} data=${`/api/${list}`} query=${query}>
        <${FilterNote} url=${url} ...${of} />
        <${DaysNote} url=${url} />
        <${Filters}
          url=${url}
          label=${`Search ${list}`}
          choices=${[stateChoice, kindChoice, reasonChoice]}
          found=${`${countOf(view.total)} ${view.total === 1 ? noun : list}`}
        />
        <div class="hold-rows"><${Found} view=${view} url=${url} table=${table} /><${StateMeanings} /></div>
      <//>`
    }
    <${LedgerSource} data=${view} />`;
}

/** @typedef {LedgerData & TablePage & Readonly<Record<'projects' | 'clients', readonly any[]>>} CallersView */

/** @param {{ view: CallersView, url: URL, table: CallerTable<any> }} props */
function Found({ view, url, table: { list, title, noun, columnsOf, keyOf, empty } }) {
  if (view.total > 0)
    return html`<${PagedTable}
      label=${title}
      columns=${columnsOf({ filter: endOf(queryOf(url, passedOn)) })}
      rows=${view[list]}
      total=${view.total}
      keyOf=${keyOf}
      url=${url}
    />`;
  if (url.search === '') return html`<p class="empty">${empty}</p>`;
  return html`<p class="empty">
    No ${noun} is like that.
    ${
      daysQuery(url) !== '' &&
      html` The counts of days are kept for as long as${' '}<${SettingLink} name="ledger.days" />${' '}says.`
    }
    ${' '}<a href=${`/console/${list}`}>Show all ${list}</a>
  </p>`;
}

/** @param {string} query */
function endOf(query) {
  return query === '' ? '' : `&${query}`;
}

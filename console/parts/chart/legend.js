import { html } from '../../html.js';
import { countOf } from '../amounts.js';
import { colourOf, isOpenMark, lookOf, markPathOf } from './marks.js';

/** @import { Line } from './plot.js' */

/**
 * The legend of a chart: each line with its look and its number on the chosen day. A line can be hidden.
 * @param {{
 *   lines: readonly Line[],
 *   at: number,
 *   isHidden: (line: Line) => boolean,
 *   onToggle: (line: Line) => void,
 *   hrefOf: (line: Line, at: number) => string,
 * }} props
 */
export function Legend({ lines, at, isHidden, onToggle, hrefOf }) {
  return html`<ul class="chart-legend">
    ${lines.map(
      (line) =>
        html`<li key=${line.name}>
          <label class="choice">
            <input type="checkbox" checked=${!isHidden(line)} onChange=${() => onToggle(line)} />
            <${Sample} place=${line.place} />
            <span class="line-name">${line.name}</span>
          </label>
          <b class="number"><${DayNumber} line=${line} at=${at} href=${hrefOf(line, at)} /></b>
        </li>`,
    )}
  </ul>`;
}

/**
 * The number of a line on a day, which leads to the rows behind it.
 * @param {{ line: Line, at: number, href: string }} props
 */
export function DayNumber({ line: { values }, at, href }) {
  const value = values[at] ?? 0;
  return value === 0 ? html`0` : html`<a href=${href}>${countOf(value)}</a>`;
}

/**
 * A piece of a line, as the chart draws it.
 * @param {{ place: number }} props
 */
function Sample({ place }) {
  const look = lookOf(place);
  const isOpen = isOpenMark(look);
  return html`<svg
    class="sample ${colourOf(place).slice(2)}"
    viewBox="0 0 36 12"
    width="36"
    height="12"
    aria-hidden="true"
  >
    <path
      d="M0 6H36"
      fill="none"
      stroke="currentColor"
      stroke-width=${place === 0 ? 2.5 : 1.75}
      stroke-dasharray=${look.dash.join(' ')}
    />
    <path
      transform="translate(18 6)"
      d=${markPathOf(look)}
      fill=${isOpen ? 'none' : 'currentColor'}
      stroke=${isOpen ? 'currentColor' : 'none'}
      stroke-width="1.75"
    />
  </svg>`;
}

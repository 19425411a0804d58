/** The chart of lines over days; the only file that imports uPlot. */

import uPlot from 'uplot';
import { html, useEffect, useRef } from '../../html.js';
import { colour, drawMarks, font, hatch } from './draw.js';
import { colourOf, lookOf } from './marks.js';

/**
 * A line of a chart: a number for each day.
 * @typedef {{ readonly name: string, readonly place: number, readonly values: readonly number[] }} Line
 */

/**
 * The contents of a chart. Days are numbers from 1970-01-01; `gaps` are hatched, from their first to their last day.
 * @typedef {{
 *   readonly from: number,
 *   readonly lines: readonly Line[],
 *   readonly gaps: readonly { readonly first: number, readonly last: number }[],
 *   readonly unit: string,
 *   readonly isStepped: boolean,
 * }} Chart
 */

const secondsOfDay = 86_400;
/** The steps of an axis of counts. */
const wholeSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 1e4, 2e4, 5e4, 1e5, 1e6, 1e7];

const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const count = new Intl.NumberFormat('en-GB');

/**
 * Draw lines over days. The chosen day has a line from top to bottom; a pointer over the chart chooses another.
 * @param {{ chart: Chart, label: string, day: number, onDay: (day: number) => void }} props
 */
export function Plot({ chart, label, day, onDay }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const plot = useRef(/** @type {uPlot | null} */ (null));
  const choose = useRef(onDay);
  choose.current = onDay;
  useEffect(() => {
    const { current } = place;
    if (current === null) return undefined;
    const drawn = new uPlot(
      optionsOf(chart, sizeOf(current), (chosen) => choose.current(chosen)),
      dataOf(chart),
      current,
    );
    plot.current = drawn;
    const resized = new ResizeObserver(() => drawn.setSize(sizeOf(current)));
    resized.observe(current);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const redraw = () => drawn.redraw();
    scheme.addEventListener('change', redraw);
    return () => {
      resized.disconnect();
      scheme.removeEventListener('change', redraw);
      drawn.destroy();
      plot.current = null;
    };
  }, [chart]);
  useEffect(() => {
    const { current } = plot;
    if (current === null) return;
    current.setCursor({ left: current.valToPos(day * secondsOfDay, 'x'), top: 0 }, false);
  }, [chart, day]);
  return html`<div class="plot" ref=${place} role="img" aria-label=${label}></div>`;
}

/** @param {Chart} chart @returns {uPlot.AlignedData} */
function dataOf({ from, lines }) {
  const length = lines[0]?.values.length ?? 0;
  const days = Array.from({ length }, (_, at) => (from + at) * secondsOfDay);
  return [days, ...lines.map(({ values }) => [...values])];
}

/** @param {HTMLElement} element */
function sizeOf({ clientWidth: width, clientHeight: height }) {
  return { width, height };
}

/** @param {Chart} chart @param {{ width: number, height: number }} size @param {(day: number) => void} onDay @returns {uPlot.Options} */
function optionsOf(chart, size, onDay) {
  return {
    ...size,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.08)] } },
    axes: axesOf(chart),
    series: [{}, ...chart.lines.map((line) => seriesOf(line, chart.isStepped))],
    hooks: {
      drawClear: [(drawn) => hatch(drawn, chart)],
      drawSeries: [(drawn, at) => drawMarks(drawn, at, chart)],
      setCursor: [
        ({ cursor: { idx } }) => {
          if (typeof idx === 'number') onDay(chart.from + idx);
        },
      ],
    },
  };
}

/** @param {Chart} chart @returns {uPlot.Axis[]} */
function axesOf(chart) {
  return [
    { ...axis(), values: (_, splits) => splits.map((seconds) => dateText(seconds, chart)), space: 70 },
    {
      ...axis(),
      label: chart.unit,
      labelSize: 20,
      labelFont: font(),
      size: 52,
      incrs: wholeSteps,
      values: (_, splits) => splits.map((value) => count.format(value)),
    },
  ];
}

/** @param {Line} line @param {boolean} isStepped @returns {uPlot.Series} */
function seriesOf({ name, place }, isStepped) {
  const paths = isStepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  return {
    label: name,
    stroke: () => colour(colourOf(place)),
    width: place === 0 ? 2.5 : 1.75,
    dash: [...lookOf(place).dash],
    points: { show: false },
    ...(paths !== undefined && { paths }),
  };
}

/** @returns {uPlot.Axis} */
function axis() {
  return {
    stroke: () => colour('--muted'),
    font: font(),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { stroke: () => colour('--line'), width: 1 },
  };
}

/** Write a date of the axis; over half a year and more the month is enough. @param {number} seconds @param {Chart} chart */
function dateText(seconds, { lines }) {
  const date = new Date(seconds * 1000);
  const isLong = (lines[0]?.values.length ?? 0) > 180;
  return (isLong ? monthName : dayName).format(date);
}

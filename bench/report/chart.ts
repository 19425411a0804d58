import type { Row } from '../matrix/rows.ts';

const layout = { width: 860, left: 270, right: 70, top: 64, row: 26, bar: 16, bottom: 34 } as const;
const leastScale = 1.2;
/** Longer bars are cut here; their label has the full number. */
const mostScale = 2.5;

/** Colours that are legible on light and dark pages. */
const style = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 15px }
  .small { font-size: 11.5px; fill: #57606a }
  .ours { fill: #0969da } .spread { stroke: #24292f; stroke-width: 1.5 }
  .grid { stroke: #d0d7de } .one { stroke: #bc4c00; stroke-width: 2 } .unit { fill: #bc4c00 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .small { fill: #9198a1 } .ours { fill: #4493f8 } .spread { stroke: #e6edf3 }
    .grid { stroke: #3d444d } .one { stroke: #f0883e } .unit { fill: #f0883e }
  }`;

/** Draw this gateway's requests a second ÷ those of plain http-proxy-middleware as bars in SVG, with a line at 1.0. */
export function ratioChart(rows: readonly Row[], connections: number, note: string): string {
  const bars = rows.filter((row) => row.contestant === 'gateway' && row.connections === connections && row.ratio);
  const longest = Math.max(leastScale, ...bars.map(({ ratio }) => (ratio?.median ?? 0) + (ratio?.mad ?? 0)));
  const scale = (layout.width - layout.left - layout.right) / Math.min(longest, mostScale);
  const x = (ratio: number): number => layout.left + Math.min(ratio, mostScale) * scale;
  const height = layout.top + bars.length * layout.row + layout.bottom;
  const bottom = height - layout.bottom;
  const title = `Requests a second ÷ http-proxy-middleware passing the same bytes, ${connections} connections`;
  const grid = [0.5, 1.5, 2].filter((ratio) => ratio < longest);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${layout.width} ${height}" width="${layout.width}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>${style}
</style>
<text class="title" x="12" y="24">${escaped(title)}</text>
${grid.map((ratio) => `<line class="grid" x1="${at(x(ratio))}" x2="${at(x(ratio))}" y1="${layout.top - 6}" y2="${bottom}"/>`).join('\n')}
${bars.map((row, index) => barOf(row, layout.top + index * layout.row, x)).join('\n')}
<line class="one" x1="${at(x(1))}" x2="${at(x(1))}" y1="${layout.top - 10}" y2="${bottom + 4}"/>
<text class="small unit" x="${at(x(1))}" y="${layout.top - 14}" text-anchor="middle">1.0</text>
<text class="small" x="12" y="${height - 10}">${escaped(note)}</text>
</svg>
`;
}

function barOf({ comparison, task, ratio }: Row, top: number, x: (ratio: number) => number): string {
  const { median, mad } = ratio ?? { median: 0, mad: 0 };
  const middle = top + layout.bar / 2;
  const label = task === 'untranslated' ? comparison : `${comparison}, ${task}`;
  const [low, high] = [x(Math.max(0, median - mad)), x(median + mad)];
  return [
    `<text x="${layout.left - 10}" y="${middle + 4}" text-anchor="end">${escaped(label)}</text>`,
    `<rect class="ours" x="${layout.left}" y="${top}" width="${at(x(median) - layout.left)}" height="${layout.bar}" rx="2"/>`,
    `<line class="spread" x1="${at(low)}" x2="${at(high)}" y1="${middle}" y2="${middle}"/>`,
    `<text x="${at(high + 8)}" y="${middle + 4}">${median.toFixed(2)}</text>`,
  ].join('');
}

function at(position: number): string {
  return position.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

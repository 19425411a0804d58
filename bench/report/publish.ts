import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell } from '../matrix/matrix.ts';
import { ratioChart } from './chart.ts';
import { printResult, type Result } from './result.ts';
import { figureMarkdown } from './tables.ts';

const root = join(import.meta.dirname, '../..');
const chartConnections = 16;

/** Write the result, its chart and every single run to bench/results, which git ignores; return the path. */
export function saveResult(result: Result, cells: readonly Cell[]): string {
  const path = join(root, 'bench/results/latest.json');
  writeFileSync(path, printResult(result));
  writeFileSync(path.replace('.json', '.svg'), chartOf(result));
  writeFileSync(path.replace('.json', '-runs.json'), `${JSON.stringify(cells, null, 2)}\n`);
  return path;
}

/** The result and its chart in docs/, and its figures in docs/speed.md. */
export function publish(measured: Result): void {
  const printed = printResult(measured);
  // The page is made from the rounded numbers of docs/bench.json: rounding the exact ones could give other digits.
  // The cast is safe: `printed` is a result.
  const result = JSON.parse(printed) as Result;
  writeFileSync(join(root, 'docs/bench.json'), printed);
  writeFileSync(join(root, 'docs/bench.svg'), chartOf(result));
  const page = join(root, 'docs/speed.md');
  writeFileSync(page, withFigures(readFileSync(page, 'utf8'), result));
}

/** Replace the figures between the marker comments of a page. */
export function withFigures(text: string, { figures, facts, options, date }: Result): string {
  const how = `Measured on ${date.slice(0, 10)} (${facts['cpu']}, ${facts['cores']} cores, node ${facts['node']}, ${facts['generator']}, cloud: ${facts['cloud']}): medians of ${options.repeats} repetitions of ${options.seconds} s, ± the median absolute deviation.`;
  return text.replace(
    /(<!-- figures -->\n)[\s\S]*?(<!-- end -->)/,
    (_, begin: string, end: string) => `${begin}\n${how}\n\n${figureMarkdown(figures)}\n\n${end}`,
  );
}

function chartOf({ rows, facts, options }: Result): string {
  const note = `${facts['generator']}, cloud: ${facts['cloud']}, ${facts['cores']} cores; medians of ${options.repeats} x ${options.seconds} s, with the median absolute deviation`;
  return ratioChart(rows, chartConnections, note);
}

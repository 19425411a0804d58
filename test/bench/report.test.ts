import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { goalFigures } from '../../bench/figures/goals.ts';
import { isMet } from '../../bench/figures/figure.ts';
import type { Cell } from '../../bench/matrix/matrix.ts';
import { rowsOf } from '../../bench/matrix/rows.ts';
import { changesSince } from '../../bench/report/changes.ts';
import { ratioChart } from '../../bench/report/chart.ts';
import { withFigures } from '../../bench/report/publish.ts';
import { printResult, type Result } from '../../bench/report/result.ts';
import { parseOptions } from '../../bench/rig/options.ts';
import { spreadOf } from '../../bench/rig/statistics.ts';
import { parseXml } from '../../src/xml/parse.ts';

const root = join(import.meta.dirname, '../..');
const publishedPath = join(root, 'docs/bench.json');
const publishedText = readFileSync(publishedPath, 'utf8');
// The cast is safe: printResult wrote the file.
const published = JSON.parse(publishedText) as Result;

function cell(contestant: Cell['contestant'], runs: readonly (readonly [perSecond: number, p50: number])[]): Cell {
  return {
    contestant,
    task: contestant === 'gateway' ? 'XML -> XML' : 'passes',
    comparison: 'rebuild in XML, 1 KiB',
    connections: 16,
    runs: runs.map(([perSecond, p50]) => ({ perSecond, p50, p99: 2 * p50, requests: 1, cpu: undefined, rss: 1 })),
  };
}

const cells = [
  cell('direct', [
    [1000, 10],
    [500, 20],
  ]),
  cell('plain', [
    [100, 110],
    [50, 120],
  ]),
  cell('gateway', [
    [80, 210],
    [40, 220],
  ]),
];

test('a spread is the median and the median absolute deviation of the known values', () => {
  assert.deepEqual(spreadOf([1, 2, 9, undefined]), { median: 2, mad: 1 });
  assert.deepEqual(spreadOf([1, 2]), { median: 1.5, mad: 0.5 });
  assert.equal(spreadOf([undefined]), undefined);
});

test('ratios are computed within a repetition, so a slower machine does not change them', () => {
  const row = rowsOf(cells).find(({ contestant }) => contestant === 'gateway');
  assert.deepEqual(row?.ratio, { median: 0.8, mad: 0 });
  assert.deepEqual(row?.addedP50, { median: 200, mad: 0 });
  assert.deepEqual(row?.addedRatio, { median: 2, mad: 0 });
});

test('a goal shows the ratio of processor time beside that of the rate', () => {
  const busy = cells.map((one) => ({
    ...one,
    runs: one.runs.map((run) => ({ ...run, cpu: one.contestant === 'gateway' ? 125 : 100 })),
  }));
  const [rate] = goalFigures(rowsOf(busy));
  assert.deepEqual(rate?.value, { median: 0.8, mad: 0 });
  assert.equal(rate?.detail, 'by processor time: 0.80');
  assert.equal(goalFigures(rowsOf(cells))[0]?.detail, undefined);
});

test('the chart is an XML document with a bar for each task of the gateway', () => {
  const svg = ratioChart(rowsOf(cells), 16, 'a & b');
  assert.equal(parseXml(Buffer.from(svg)).name, 'svg');
  assert.equal(svg.match(/class="ours"/g)?.length, 1);
  assert.match(svg, /XML -&gt; XML/);
});

test('a figure meets its limit, misses it, or has none', () => {
  const figure = { name: '', unit: '', value: { median: 1, mad: 0 } };
  assert.equal(isMet({ ...figure, limit: { atLeast: 1 } }), true);
  assert.equal(isMet({ ...figure, limit: { atMost: 0.9 } }), false);
  assert.equal(isMet(figure), undefined);
});

test('invalid options are refused', () => {
  assert.equal(parseOptions(['--seconds', '0']), undefined);
  assert.equal(parseOptions(['--only', '(']), undefined);
  assert.equal(parseOptions(['--fast']), undefined);
  assert.deepEqual(parseOptions(['--quick'])?.connections, [16]);
});

test('a published result has one line for each row and figure', () => {
  assert.equal(printResult(published), publishedText);
  assert.ok(publishedText.split('\n').length < published.rows.length + published.figures.length + 15);
});

test('results of another load generator are not compared', () => {
  assert.match(changesSince(publishedPath, published), /÷ plain/);
  const other = { ...published, facts: { ...published.facts, generator: 'another' } };
  assert.throws(() => changesSince(publishedPath, other), /cannot be compared.*generator/);
});

test('the figures of docs/speed.md are those of docs/bench.json', () => {
  const page = readFileSync(join(root, 'docs/speed.md'), 'utf8');
  assert.match(page, /<!-- figures -->/);
  assert.equal(page, withFigures(page, published));
});

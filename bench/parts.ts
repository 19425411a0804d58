import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { costOf } from './parts/measure-stage.ts';
import { pipelines } from './parts/pipelines.ts';
import { aligned } from './report/tables.ts';

/** `npm run bench:parts -- [--only PATTERN] [--seconds S]`: measures each step of a translation, without sockets. */

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, seconds: { type: 'string', default: '0.4' } },
});
const only = new RegExp(values.only, 'i');
const found: Record<string, unknown>[] = [];

for (const { name, stages } of pipelines()) {
  const rows: string[][] = [];
  for (const stage of stages) {
    if (!only.test(`${name}: ${stage.name}`)) continue;
    const cost = await costOf(stage, Number(values.seconds));
    found.push({ pipeline: name, stage: stage.name, ...cost });
    rows.push([stage.name, cost.microseconds.toFixed(1), cost.p99Microseconds.toFixed(1), bytes(cost.bytes)]);
  }
  if (rows.length > 0) console.log(`${name}\n${aligned([['', 'us', 'p99 us', 'allocated'], ...rows])}\n`);
}
writeFileSync(join(import.meta.dirname, 'results/parts.json'), `${JSON.stringify(found, null, 2)}\n`);

function bytes(count: number): string {
  if (Number.isNaN(count)) return '?';
  return count < 10_000 ? `${count.toFixed(0)} B` : `${(count / 1024).toFixed(0)} KiB`;
}

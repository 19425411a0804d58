import { readFileSync } from 'node:fs';
import type { Row } from '../matrix/rows.ts';
import type { Result } from './result.ts';
import { aligned } from './tables.ts';

/**
 * Print the changes of the ratios since another result, as a table.
 * @throws {Error} if the other was measured with another generator, cloud or machine
 */
export function changesSince(path: string, { facts, rows }: Result): string {
  // The cast is safe: the file was written by printResult.
  const earlier = JSON.parse(readFileSync(path, 'utf8')) as Result;
  const differing = Object.keys(facts).filter((name) => name !== 'node' && earlier.facts[name] !== facts[name]);
  if (differing.length > 0) {
    const reasons = differing.map((name) => `${name} ${earlier.facts[name]}, now ${facts[name]}`);
    throw new Error(`${path} cannot be compared with this run: ${reasons.join('; ')}`);
  }
  const changes = rows.flatMap((row) => {
    const before = earlier.rows.find((other) => nameOf(other) === nameOf(row))?.ratio;
    if (row.contestant !== 'gateway' || row.ratio === undefined || before === undefined) return [];
    return [
      [nameOf(row), before.median.toFixed(2), row.ratio.median.toFixed(2), percent(row.ratio.median / before.median)],
    ];
  });
  return aligned([['÷ plain', 'before', 'now', ''], ...changes]);
}

function nameOf({ comparison, task, connections, contestant }: Row): string {
  return `${contestant}: ${comparison}, ${task}, ${connections} connections`;
}

function percent(change: number): string {
  return `${change >= 1 ? '+' : ''}${((change - 1) * 100).toFixed(1)} %`;
}

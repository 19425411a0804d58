import { gatewayRow, type Row } from '../matrix/rows.ts';
import type { Figure } from './figure.ts';

interface Goal {
  readonly name: string;
  readonly comparison: string;
  readonly task: string;
  readonly connections: number;
  readonly of: 'ratio' | 'p99Ratio' | 'addedRatio';
  readonly limit: NonNullable<Figure['limit']>;
}

const seed = { comparison: 'rebuild in XML, 1 KiB', task: 'XML -> XML' } as const;

/** The goals of the comparisons, against plain http-proxy-middleware passing the same bytes. */
const goals: readonly Goal[] = [
  { name: 'rebuild XML -> XML', ...seed, connections: 16, of: 'ratio', limit: { atLeast: 1 } },
  { name: 'rebuild XML -> XML, p99', ...seed, connections: 16, of: 'p99Ratio', limit: { atMost: 1 } },
  { name: 'rebuild XML -> XML, added latency', ...seed, connections: 1, of: 'addedRatio', limit: { atMost: 1.1 } },
  ...['POST', 'GET'].map((method) => ({
    name: `untranslated ${method}`,
    comparison: `untranslated ${method}`,
    task: 'untranslated',
    connections: 16,
    of: 'ratio' as const,
    limit: { atLeast: 0.95 },
  })),
  ...[
    { size: '64 KiB', connections: 16, atLeast: 1 },
    { size: '1 MiB', connections: 1, atLeast: 0.6 },
    { size: '1 MiB', connections: 16, atLeast: 0.6 },
  ].map(({ size, connections, atLeast }) => ({
    name: `${size} of personality, XML -> JSON`,
    comparison: `rebuild in XML, ${size}`,
    task: 'XML -> JSON',
    connections,
    of: 'ratio' as const,
    limit: { atLeast },
  })),
  ...[
    { comparison: 'GET server', task: 'JSON -> XML', atLeast: 1.4 },
    { comparison: 'list of 100', task: 'JSON -> XML', atLeast: 0.35 },
    { comparison: 'list of 1000', task: 'JSON -> XML', atLeast: 0.35 },
    { comparison: 'list of 100', task: 'JSON -> JSON', atLeast: 0.5 },
  ].map(({ comparison, task, atLeast }) => ({
    name: `${comparison}, ${task}`,
    comparison,
    task,
    connections: 16,
    of: 'ratio' as const,
    limit: { atLeast },
  })),
];

/** Create the figures of the goals; goals whose comparison was not measured are left out. */
export function goalFigures(rows: readonly Row[]): Figure[] {
  return goals.flatMap(({ name, comparison, task, connections, of, limit }): Figure[] => {
    const row = gatewayRow(rows, comparison, task, connections);
    if (row === undefined) return [];
    const value = row[of];
    return [
      {
        name: `${name}, ${connections} connection${connections === 1 ? '' : 's'}, ÷ plain`,
        unit: '',
        value,
        limit,
        ...(of === 'ratio' &&
          row.cpuRatio !== undefined && { detail: `by processor time: ${row.cpuRatio.median.toFixed(2)}` }),
        ...(value === undefined && { reason: 'the load generator counts in milliseconds' }),
      },
    ];
  });
}

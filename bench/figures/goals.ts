import { gatewayRow, type Row } from '../matrix/rows.ts';
import type { Figure } from './figure.ts';

interface Goal {
  readonly name: string;
  readonly comparison: string;
  readonly does: string;
  readonly connections: number;
  readonly of: 'ratio' | 'p99Ratio' | 'addedRatio';
  readonly limit: NonNullable<Figure['limit']>;
}

const seed = { comparison: 'rebuild in XML, 1 KiB', does: 'XML -> XML' } as const;

/** What the comparisons must show; all against plain http-proxy-middleware that passes the same bytes. */
const goals: readonly Goal[] = [
  { name: 'rebuild XML -> XML', ...seed, connections: 16, of: 'ratio', limit: { atLeast: 1 } },
  { name: 'rebuild XML -> XML, p99', ...seed, connections: 16, of: 'p99Ratio', limit: { atMost: 1 } },
  { name: 'rebuild XML -> XML, added latency', ...seed, connections: 1, of: 'addedRatio', limit: { atMost: 1.1 } },
  ...['POST', 'GET'].map((method) => ({
    name: `untranslated ${method}`,
    comparison: `untranslated ${method}`,
    does: 'untranslated',
    connections: 16,
    of: 'ratio' as const,
    limit: { atLeast: 0.95 },
  })),
  ...[
    { size: '64 KiB', connections: 16, atLeast: 0.8 },
    { size: '1 MiB', connections: 1, atLeast: 0.35 },
    { size: '1 MiB', connections: 16, atLeast: 0.35 },
  ].map(({ size, connections, atLeast }) => ({
    name: `${size} of personality, XML -> JSON`,
    comparison: `rebuild in XML, ${size}`,
    does: 'XML -> JSON',
    connections,
    of: 'ratio' as const,
    limit: { atLeast },
  })),
];

/** The figures that the rows of the comparisons hold; those that were not measured are left out. */
export function goalFigures(rows: readonly Row[]): Figure[] {
  return goals.flatMap(({ name, comparison, does, connections, of, limit }): Figure[] => {
    const row = gatewayRow(rows, comparison, does, connections);
    if (row === undefined) return [];
    const value = row[of];
    return [
      {
        name: `${name}, ${connections} connection${connections === 1 ? '' : 's'}, ÷ plain`,
        unit: '',
        value,
        limit,
        ...(value === undefined && { because: 'the load generator counts in milliseconds' }),
      },
    ];
  });
}

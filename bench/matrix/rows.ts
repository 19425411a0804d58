import type { Cell } from './matrix.ts';
import { difference, pairedSpread, quotient, spreadOf, type Spread } from '../rig/statistics.ts';

/** What a cell's repetitions say together. */
export interface Row extends Pick<Cell, 'comparison' | 'contestant' | 'does' | 'connections'> {
  readonly perSecond: Spread | undefined;
  /** Requests a second ÷ those of plain http-proxy-middleware that passes the same bytes. */
  readonly ratio: Spread | undefined;
  /** Microseconds of processor a request. */
  readonly cpu: Spread | undefined;
  /** Microseconds. */
  readonly p50: Spread | undefined;
  readonly p99: Spread | undefined;
  /** Microseconds more than the cloud itself takes. */
  readonly addedP50: Spread | undefined;
  readonly addedP99: Spread | undefined;
  /** The 99th percentile ÷ that of plain http-proxy-middleware. */
  readonly p99Ratio: Spread | undefined;
  /** The added median ÷ what plain http-proxy-middleware adds. */
  readonly addedRatio: Spread | undefined;
  /** Megabytes, when it was measured; what was before it counts too. */
  readonly rss: Spread | undefined;
}

/** The rows of all cells; ratios and differences are made within each repetition. */
export function rowsOf(cells: readonly Cell[]): Row[] {
  return cells.map((cell) => {
    const { comparison, contestant, does, connections, runs } = cell;
    const runsOf = (other: Cell['contestant']) =>
      cells.find(
        (candidate) =>
          candidate.contestant === other &&
          candidate.comparison === comparison &&
          candidate.connections === connections,
      )?.runs ?? [];
    const [plain, direct] = [runsOf('plain'), runsOf('direct')];
    const overDirect = (key: 'p50' | 'p99') =>
      pairedSpread(runs, direct, (our, cloud) => difference(our[key], cloud[key]));
    const added = (run: Cell['runs'][number], index: number) => difference(run.p50, direct[index]?.p50);
    return {
      comparison,
      contestant,
      does,
      connections,
      perSecond: spreadOf(runs.map(({ perSecond }) => perSecond)),
      ratio: pairedSpread(runs, plain, (our, their) => our.perSecond / their.perSecond),
      cpu: spreadOf(runs.map(({ cpu }) => cpu)),
      p50: spreadOf(runs.map(({ p50 }) => p50)),
      p99: spreadOf(runs.map(({ p99 }) => p99)),
      addedP50: overDirect('p50'),
      addedP99: overDirect('p99'),
      p99Ratio: pairedSpread(runs, plain, (our, their) => quotient(our.p99, their.p99)),
      addedRatio: pairedSpread(runs.map(added), plain.map(added), quotient),
      rss: spreadOf(runs.map(({ rss }) => rss)),
    };
  });
}

/** The row of a comparison, by what the gateway does in it. */
export function gatewayRow(
  rows: readonly Row[],
  comparison: string,
  does: string,
  connections: number,
): Row | undefined {
  return rows.find(
    (row) =>
      row.contestant === 'gateway' &&
      row.comparison === comparison &&
      row.does === does &&
      row.connections === connections,
  );
}

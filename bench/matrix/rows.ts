import { difference, pairedSpread, quotient, spreadOf, type Spread } from '../rig/statistics.ts';
import type { Cell } from './matrix.ts';

/** The statistics of a cell over all repetitions. */
export interface Row extends Pick<Cell, 'comparison' | 'contestant' | 'task' | 'connections'> {
  readonly perSecond: Spread | undefined;
  /** Requests a second ÷ those of plain http-proxy-middleware passing the same bytes. */
  readonly ratio: Spread | undefined;
  /** Processor time per request of plain http-proxy-middleware ÷ that of this contestant: larger is faster, as in `ratio`. */
  readonly cpuRatio: Spread | undefined;
  /** Microseconds of processor time per request. */
  readonly cpu: Spread | undefined;
  /** Latencies in microseconds. */
  readonly p50: Spread | undefined;
  readonly p99: Spread | undefined;
  /** Latencies minus those of the cloud itself, in microseconds. */
  readonly addedP50: Spread | undefined;
  readonly addedP99: Spread | undefined;
  /** The 99th percentile ÷ that of plain http-proxy-middleware. */
  readonly p99Ratio: Spread | undefined;
  /** The added median ÷ the median that plain http-proxy-middleware adds. */
  readonly addedRatio: Spread | undefined;
  /** Resident megabytes; includes memory that earlier workloads of the same process left behind. */
  readonly rss: Spread | undefined;
}

/** Compute the rows of all cells; ratios and differences are computed within each repetition. */
export function rowsOf(cells: readonly Cell[]): Row[] {
  return cells.map((cell) => {
    const { comparison, contestant, task, connections, runs } = cell;
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
      task,
      connections,
      perSecond: spreadOf(runs.map(({ perSecond }) => perSecond)),
      ratio: pairedSpread(runs, plain, (our, their) => our.perSecond / their.perSecond),
      cpuRatio: pairedSpread(runs, plain, (our, their) => quotient(their.cpu, our.cpu)),
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

/** Find the row of a task of the gateway. */
export function gatewayRow(
  rows: readonly Row[],
  comparison: string,
  task: string,
  connections: number,
): Row | undefined {
  return rows.find(
    (row) =>
      row.contestant === 'gateway' &&
      row.comparison === comparison &&
      row.task === task &&
      row.connections === connections,
  );
}

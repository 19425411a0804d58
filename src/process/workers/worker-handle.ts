import cluster from 'node:cluster';
import { passLines } from './line-splitter.ts';
import { workerOption, type ToWorker, type ToPrimary } from './messages.ts';
import { rescueConnections } from './lost-connections.ts';
import type { Figures } from '../../observe/metrics.ts';

/** How a worker ended. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** Whether it had to be killed because it had not ended in time. */
  readonly isOverdue: boolean;
}

/** A worker as the primary knows it. */
export interface Member {
  readonly id: number;
  readonly pid: number | undefined;
  readonly phase: () => 'starting' | 'serving' | 'leaving';
  /** How long it has served, or did serve, in milliseconds. */
  readonly servedMs: () => number;
  readonly order: (order: ToWorker) => void;
  /** Resolves with its URL when it serves; with undefined where it ended before. */
  readonly served: Promise<string | undefined>;
  /** Resolves when it serves no longer: it drains, or has ended. */
  readonly left: Promise<void>;
  /** Resolves when it has ended, and all that it wrote has been passed on. */
  readonly ended: Promise<WorkerEnd>;
  /** Ends it at once. */
  readonly kill: () => void;
}

/** Decides once how workers are started: whether their lines go through the primary, which a pipe needs. */
export function prepareWorkers(isPipe: boolean): void {
  cluster.setupPrimary({
    args: [`--${workerOption}`],
    stdio: ['ignore', isPipe ? 'pipe' : 'inherit', 'inherit', 'ipc'],
  });
}

/** Starts a worker; once it drains it has so many milliseconds, and is killed after them. */
export function startMember(
  drainMs: number,
  onFigures: (figures: Figures) => void,
  pass: (line: string) => void,
): Member {
  const worker = cluster.fork();
  const { process: child } = worker;
  const [served, left, ended] = [
    Promise.withResolvers<string | undefined>(),
    Promise.withResolvers<void>(),
    Promise.withResolvers<WorkerEnd>(),
  ];
  let phase: ReturnType<Member['phase']> = 'starting';
  let [servedAt, leftAt] = [Infinity, Infinity];
  let isOverdue = false;
  let timer: NodeJS.Timeout | undefined;
  const leave = (): void => {
    if (phase === 'leaving') return;
    phase = 'leaving';
    leftAt = performance.now();
    timer = setTimeout(() => (isOverdue = child.kill('SIGKILL')), drainMs);
    left.resolve();
  };
  rescueConnections(worker);
  if (child.stdout !== null) passLines(child.stdout, pass);
  worker.on('message', (report: ToPrimary) => {
    switch (report.kind) {
      case 'serving':
        servedAt = performance.now();
        if (phase === 'starting') phase = 'serving';
        // An order that came before it listened to them was lost.
        else if (worker.isConnected()) worker.send({ kind: 'drain' } satisfies ToWorker, () => undefined);
        return served.resolve(report.url);
      case 'draining':
        return leave();
      case 'metrics':
        return onFigures(report.figures);
      default:
        return report satisfies never;
    }
  });
  const end = (code: number | null, signal: string | null): void => {
    leave();
    clearTimeout(timer);
    served.resolve(undefined);
    ended.resolve({ code, signal, isOverdue });
  };
  child.once('close', end);
  // It could not be started.
  worker.on('error', () => {
    if (child.pid === undefined) end(null, null);
  });
  return {
    id: worker.id,
    pid: child.pid,
    phase: () => phase,
    servedMs: () => Math.max(0, Math.min(leftAt, performance.now()) - servedAt),
    order: (order) => {
      // Its channel may close on the way, and then it ends.
      if (worker.isConnected()) worker.send(order, () => undefined);
      if (order.kind === 'drain') leave();
    },
    served: served.promise,
    left: left.promise,
    ended: ended.promise,
    kill: () => void child.kill('SIGKILL'),
  };
}

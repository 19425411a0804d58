import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../observe/log.ts';
import type { Figures, PrimaryMetrics } from '../../observe/metrics.ts';
import type { Config } from '../../config/settings.ts';
import { createBackOff } from './backoff.ts';
import { startMember, type Member, type WorkerEnd } from './worker-handle.ts';

/** How much longer than its drain a worker may take to end, in milliseconds, before it is killed. */
const overdueMs = 2000;

/** A worker ended before it served. */
export class WorkerStartError extends Error {
  override readonly name = 'WorkerStartError';
  readonly end: WorkerEnd;

  constructor(end: WorkerEnd) {
    super('a worker ended before it served');
    this.end = end;
  }
}

/** As many workers as are wanted: those that are lost are replaced. */
export interface Fleet {
  /** All that have not ended. */
  readonly members: ReadonlySet<Member>;
  /** How many serve. */
  readonly serving: () => number;
  /** All that were wanted have served once, and the end has not been asked for. */
  readonly isRunning: () => boolean;
  /** Starts all; resolves with their URL when all serve. @throws {WorkerStartError} */
  start(): Promise<string>;
  /** Starts one more. */
  readonly begin: () => Member;
  /** Drains one, which is not replaced if enough others serve; resolves when it has ended. */
  retire(member: Member): Promise<WorkerEnd>;
  /** Drains all; tells whether each ended as it should. */
  drain(): Promise<boolean>;
}

/** Who is told of workers. */
export interface Watch {
  readonly counted: (member: Member, figures: Figures) => void;
  readonly ended: (member: Member) => void;
}

/** A fleet that has not started. */
export function createFleet(
  { workers, shutdown }: Config,
  log: Log,
  metrics: Pick<PrimaryMetrics, 'lose'>,
  watch: Watch,
): Fleet {
  const [members, retired] = [new Set<Member>(), new WeakSet<Member>()];
  const delayAfter = createBackOff();
  const drainMs = shutdown.timeoutMs + overdueMs;
  let phase: 'starting' | 'running' | 'ending' = 'starting';
  /** Replacements that wait for their time. */
  let coming = 0;

  const count = (isCounted: (phase: ReturnType<Member['phase']>) => boolean): number =>
    [...members].filter((member) => isCounted(member.phase())).length;
  const isNeeded = (): boolean => phase === 'running' && count((phase) => phase !== 'leaving') + coming < workers;

  const begin = (): Member => {
    const member: Member = startMember(drainMs, (figures) => watch.counted(member, figures), log.pass);
    members.add(member);
    void follow(member);
    void member.left.then(() => replace(member));
    return member;
  };

  const follow = async (member: Member): Promise<void> => {
    const { id: worker, pid } = member;
    if ((await member.served) !== undefined) log.info('worker serves', { worker, pid });
    const end = await member.ended;
    log[isGood(end) ? 'info' : 'error']('worker ended', { worker, pid, ...end });
    members.delete(member);
    watch.ended(member);
  };

  const replace = async (member: Member): Promise<void> => {
    if (phase !== 'running') return;
    const isReplaced = isNeeded();
    const servedMs = member.servedMs();
    const replacedInMs = retired.has(member) ? 0 : delayAfter(servedMs);
    if (!retired.has(member)) {
      metrics.lose();
      const { id: worker, pid } = member;
      log.error('worker lost', { worker, pid, servedMs: Math.round(servedMs), ...(isReplaced && { replacedInMs }) });
    }
    if (!isReplaced) return;
    coming += 1;
    await sleep(replacedInMs);
    coming -= 1;
    if (isNeeded()) begin();
  };

  return {
    members,
    serving: () => count((phase) => phase === 'serving'),
    isRunning: () => phase === 'running',
    start: async () => {
      // What is wrong with the port or a file is told by one worker, and not by all.
      const url = await urlOf(begin());
      if (phase === 'starting') await Promise.all(Array.from({ length: workers - 1 }, () => urlOf(begin())));
      if (phase === 'starting') phase = 'running';
      // Those that were lost since they served.
      while (isNeeded()) begin();
      return url;
    },
    begin,
    retire: (member) => {
      retired.add(member);
      member.order({ kind: 'drain' });
      return member.ended;
    },
    drain: async () => {
      phase = 'ending';
      const leaving = [...members];
      for (const member of leaving) member.order({ kind: 'drain' });
      return (await Promise.all(leaving.map(({ ended }) => ended))).every(isGood);
    },
  };
}

async function urlOf(member: Member): Promise<string> {
  const url = await member.served;
  if (url === undefined) throw new WorkerStartError(await member.ended);
  return url;
}

/** A signal from outside is nobody's mistake here. */
function isGood({ code, isOverdue }: WorkerEnd): boolean {
  return !isOverdue && (code === 0 || code === null);
}

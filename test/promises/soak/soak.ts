import { startSoakCloud, type SoakCloud } from './soak-cloud.ts';
import { seeded } from './soak-calls.ts';
import { createLoad, type Tally } from './soak-load.ts';
import { startSoakProcess, type Figures, type SoakProcess } from './soak-process.ts';

/** How long a soak takes, in milliseconds, besides its rests. */
export interface SoakLength {
  readonly calibrationMs: number;
  readonly warmUpMs: number;
  readonly loadMs: number;
  readonly sampleMs: number;
}

/** The results of a soak test. */
export interface SoakReport {
  readonly maximum: number;
  readonly rate: number;
  /** The resources after the warm-up and after the load, with garbage collected and no caller connected. */
  readonly before: Figures;
  readonly after: Figures;
  /** The resources under load. */
  readonly samples: readonly Figures[];
  readonly tally: Tally;
  /** The number of log lines: one for each exchange, and those of the start and the end. */
  readonly lines: number;
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** The largest growth that passes, in megabytes. Collected heaps of the same process differ by less. */
export const noise = { heap: 6, rss: 40 } as const;

const callers = 48;
const seed = 20_120_820;
/** Wait until both sides have noticed that connections were closed. */
const restMs = 1000;

/**
 * A gateway as a process, in front of a cloud in this process: at full speed for a while, to know its maximum, and then at
 * half of it with faults of the cloud and hang-ups of callers mixed in.
 */
export async function soak(
  length: SoakLength,
  told: (figures: Figures) => void = () => undefined,
): Promise<SoakReport> {
  const cloud = await startSoakCloud();
  const gateway = await startSoakProcess(cloud.url);
  try {
    const random = seeded(seed);
    const load = createLoad(gateway.url, random);
    // The first second is the compiler's.
    await load.fastest(callers, Math.min(1500, length.calibrationMs));
    const maximum = await load.fastest(callers, length.calibrationMs);
    const rate = maximum / 2;
    await load.steady(rate, length.warmUpMs);
    await load.end();
    const before = await atRest(gateway, cloud);
    const second = createLoad(gateway.url, random);
    const samples = await sampled(gateway, second.steady(rate, length.loadMs), length.sampleMs, told);
    await second.end();
    const after = await atRest(gateway, cloud);
    const exitCode = await gateway.end();
    return {
      maximum,
      rate,
      before,
      after,
      samples,
      tally: sum(load.tally, second.tally),
      lines: gateway.lines(),
      exitCode,
      stderr: gateway.stderr(),
    };
  } finally {
    await gateway.end();
    await cloud.stop();
  }
}

/** List the failures of a soak test in sentences; empty if it passed. */
export function complaintsOf({ before, after, tally, lines, exitCode, stderr }: SoakReport): string[] {
  const heap = after.heap - before.heap;
  const rss = after.rss - before.rss;
  const exchanges = tally.sent;
  return [
    ...(heap > noise.heap ? [`the heap has grown by ${heap.toFixed(1)} MB`] : []),
    ...(rss > noise.rss ? [`the resident memory has grown by ${rss.toFixed(1)} MB`] : []),
    ...(after.descriptors > before.descriptors
      ? [`${after.descriptors - before.descriptors} descriptors are left`]
      : []),
    ...(after.inFlight > 0 ? [`${after.inFlight} exchanges are still under way`] : []),
    ...(tally.unanswered.length > 0 ? [`unanswered: ${firstOf(tally.unanswered)}`] : []),
    ...(tally.wrong.length > 0 ? [`answered wrongly: ${firstOf(tally.wrong)}`] : []),
    // The request of a caller that hangs up early may never arrive.
    ...(lines < exchanges - tally.hungUp ? [`${exchanges} exchanges, and ${lines} lines`] : []),
    ...(exitCode === 0 ? [] : [`it ended with ${exitCode}`]),
    ...(stderr === '' ? [] : [`it wrote to stderr: ${stderr.slice(0, 500)}`]),
  ];
}

async function atRest(gateway: SoakProcess, cloud: SoakCloud): Promise<Figures> {
  await new Promise((resolve) => setTimeout(resolve, restMs));
  cloud.hangUp();
  await gateway.collect();
  return gateway.look();
}

async function sampled(
  gateway: SoakProcess,
  load: Promise<void>,
  everyMs: number,
  told: (figures: Figures) => void,
): Promise<Figures[]> {
  const samples: Figures[] = [];
  const over = load.then(() => true);
  const later = (): Promise<boolean> => new Promise((resolve) => setTimeout(() => resolve(false), everyMs));
  while (!(await Promise.race([over, later()]))) {
    const figures = await gateway.look();
    samples.push(figures);
    told(figures);
  }
  return samples;
}

function sum(one: Tally, other: Tally): Tally {
  return {
    sent: one.sent + other.sent,
    answered: one.answered + other.answered,
    brokenOff: one.brokenOff + other.brokenOff,
    hungUp: one.hungUp + other.hungUp,
    heldBack: one.heldBack + other.heldBack,
    unanswered: [...one.unanswered, ...other.unanswered],
    wrong: [...one.wrong, ...other.wrong],
  };
}

function firstOf(problems: readonly string[]): string {
  return `${problems.length} times, such as ${problems.slice(0, 5).join('; ')}`;
}

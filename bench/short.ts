import { againstPlain, alternate, withGateways, type Pair } from './figures/pair.ts';
import type { BenchGateway } from './gateways/bench-gateway.ts';
import { printFacts } from './report/result.ts';
import { aligned } from './report/tables.ts';
import { measure, startRig, type Measured, type Rig } from './rig/rig.ts';
import { pairedSpread, quotient, type Spread } from './rig/statistics.ts';
import { expectations, tolerance, type Expectation } from './short-expectations.ts';
import { comparisonOf, translation } from './workloads/comparisons.ts';

/**
 * `npm run bench:short`: fails if a translation has become more expensive, relative to plain http-proxy-middleware in the
 * same run. It judges processor time per request, which depends neither on the load generator nor on other processes.
 */

const load = { connections: 16, seconds: 1 } as const;
const repeats = 8;
/** The most times that a comparison is measured while it has fallen: a busy neighbour goes away, a slower translation does not. */
const mostTimes = 3;

try {
  const rig = await startRig();
  console.error(printFacts(rig.facts));
  const found = await withGateways(rig, againstPlain(), async (pair) => {
    const all: Found[] = [];
    // Warm up all workloads first, so that V8's compilation is not measured.
    for (const expectation of expectations) await runsOf(rig, pair, expectation, 1);
    for (const expectation of expectations) {
      let one = await ratiosOf(rig, pair, expectation);
      for (let times = 1; times < mostTimes && hasFallen(one); times += 1) {
        console.error(`${expectation.comparison}, ${expectation.task}: ${one.cpu?.median.toFixed(2)}, measured again`);
        one = await ratiosOf(rig, pair, expectation);
      }
      all.push(one);
    }
    return all;
  });
  await rig.cloud.stop();
  console.log(
    aligned([['CPU of plain ÷ this gateway', 'measured', 'expected', 'req/s ÷ plain', ''], ...found.map(rowOf)]),
  );
  process.exit(found.some(hasFallen) ? 1 : 0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

interface Found {
  readonly expectation: Expectation;
  /** Undefined if the system does not report the processor time of a process. */
  readonly cpu: Spread | undefined;
  readonly perSecond: Spread | undefined;
}

async function ratiosOf(rig: Rig, pair: Pair<BenchGateway>, expectation: Expectation): Promise<Found> {
  const { ours, theirs } = await runsOf(rig, pair, expectation, repeats);
  return {
    expectation,
    cpu: pairedSpread(ours, theirs, (our, their) => quotient(their.cpu, our.cpu)),
    perSecond: pairedSpread(ours, theirs, (our, their) => our.perSecond / their.perSecond),
  };
}

function runsOf(
  rig: Rig,
  pair: Pair<BenchGateway>,
  { comparison, task }: Expectation,
  times: number,
): Promise<Pair<readonly Measured[]>> {
  const both = {
    ours: { target: pair.ours, workload: translation(comparison, task) },
    theirs: { target: pair.theirs, workload: comparisonOf(comparison).passed },
  };
  return alternate(both, times, (one) => measure(rig, one.target, one.workload, load));
}

function hasFallen({ cpu, expectation }: Found): boolean {
  return cpu !== undefined && cpu.median < expectation.ratio * (1 - tolerance);
}

function rowOf(found: Found): string[] {
  const { expectation, cpu, perSecond } = found;
  const { comparison, task, ratio } = expectation;
  const least = `${ratio.toFixed(2)} (at least ${(ratio * (1 - tolerance)).toFixed(2)})`;
  const verdict =
    cpu === undefined ? 'not judged: processor time unknown' : hasFallen(found) ? 'FALLEN' : 'as expected';
  return [`${comparison}, ${task}`, cpu?.median.toFixed(2) ?? '?', least, perSecond?.median.toFixed(2) ?? '?', verdict];
}

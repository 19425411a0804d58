import { isMet, type Figure } from './figures/figure.ts';
import { goalFigures } from './figures/goals.ts';
import { measurements } from './figures/measurements.ts';
import { startContestants } from './matrix/contestants.ts';
import { measureMatrix, type Cell } from './matrix/matrix.ts';
import { rowsOf } from './matrix/rows.ts';
import { changesSince } from './report/changes.ts';
import { saveResult, publish } from './report/publish.ts';
import { printFacts, type Result } from './report/result.ts';
import { figureTable, rowTables } from './report/tables.ts';
import { parseOptions, usage, type Options } from './rig/options.ts';
import { chooseCores } from './processes/machine.ts';
import { NoiseWatch, timersFor } from './rig/noise.ts';
import { startRig, type Rig } from './rig/rig.ts';
import { comparisons } from './workloads/comparisons.ts';

/** `npm run bench`: measures all published figures of speed, side by side in one run. */

const progress = (text: string): void => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

const options = parseOptions(process.argv.slice(2));
if (options === undefined) {
  console.error(usage);
  process.exit(2);
}
try {
  await bench(options);
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function bench(options: Options): Promise<void> {
  const watch = options.isPublished ? new NoiseWatch(timersFor(chooseCores())) : undefined;
  const quiet = (): void => {
    watch?.sample();
    watch?.assertQuiet();
  };
  quiet();
  const rig = await startRig();
  progress(printFacts(rig.facts));
  const cells = await compare(rig, options, quiet);
  const rows = rowsOf(cells);
  if (rows.length > 0) console.log(`${rowTables(rows)}\n`);
  const figures = [...goalFigures(rows), ...(await measureFigures(rig, options, quiet))];
  if (figures.length > 0) console.log(`${figureTable(figures)}\n`);
  await rig.cloud.stop();
  const result: Result = {
    date: new Date().toISOString(),
    facts: rig.facts,
    options: { seconds: options.seconds, repeats: options.repeats },
    rows,
    figures,
  };
  progress(`result: ${saveResult(result, cells)}`);
  if (options.isPublished) publish(result);
  if (options.against !== undefined) console.log(changesSince(options.against, result));
  const missed = figures.filter((figure) => isMet(figure) === false);
  if (missed.length > 0) progress(`${missed.length} of ${figures.length} figures miss their limit`);
}

async function compare(rig: Rig, options: Options, quiet: () => void): Promise<Cell[]> {
  const chosen = comparisons.filter(({ name }) => options.only.test(name));
  if (chosen.length === 0) return [];
  const contestants = await startContestants(rig);
  try {
    return await measureMatrix(rig, contestants, chosen, options, { progress, quiet });
  } finally {
    await contestants.stop();
  }
}

async function measureFigures(rig: Rig, options: Options, quiet: () => void): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, run } of measurements.filter((measurement) => options.only.test(measurement.name))) {
    progress(name);
    figures.push(...(await run(rig, options)));
    quiet();
  }
  return figures;
}

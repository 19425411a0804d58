import { dayMs, dayText } from '../../../ledger/days.ts';
import type { CommandIo, CommandValues } from '../../command.ts';
import { foundCode } from '../../exit-codes.ts';
import { storeOfSettings } from '../../store-of-settings.ts';
import type { Coverage } from '../../../way-out/data-gaps.ts';
import { writeJson } from '../../output.ts';
import { anonymousNames, safeNames, type Rename } from '../../report/print/names.ts';
import { coverageLines } from '../../report/print/report-words.ts';
import { readWishes } from '../../report/report-wishes.ts';
import { gather } from '../../report/sources/gather.ts';
import { sourceOf } from '../../report/sources/source.ts';
import { tokenIn } from '../../report/sources/token-in.ts';
import { openRetirementFile, retirementPath } from '../retire-file.ts';
import { planData } from './plan-json.ts';
import { planText } from './plan-text.ts';
import { planRetirement, type PlanRow, type RetirementPlan } from '../../../way-out/plan/plan.ts';

/** Carry out the command retire plan. @returns the exit code @throws {UsageError} */
export async function runRetirePlan(values: CommandValues, io: CommandIo): Promise<number> {
  const { args, options } = values;
  const [file, ...more] = args;
  const path = retirementPath(file === undefined ? [] : [file], io.environment);
  const content = await openRetirementFile(path, io);
  const wishes = readWishes(
    { ...values, options: { since: '30d', top: '20', ...options, 'fail-on': undefined } },
    io.now(),
  );
  const { from, 'token-file': tokenFile } = options;
  const given = [...(typeof from === 'string' ? [from] : []), ...more];
  const texts = given.length > 0 ? given : [storeOfSettings(io.environment)];
  const { sinceDay = 0, untilDay, now, top, isAnonymous } = wishes;
  const { data, remarks } = await gather(
    {
      sources: await Promise.all(texts.map(sourceOf)),
      sinceDay,
      untilDay,
      now,
      isAnonymous,
      token: typeof tokenFile === 'string' ? tokenIn(tokenFile) : undefined,
      retire: '',
    },
    io,
  );
  const plan = planRetirement(content, data.keys, now);
  const shown = renamed(plan, isAnonymous ? anonymousNames() : safeNames);
  const scope = { path, file: content, since: dayText(sinceDay), until: dayText(untilDay), top, isAnonymous };
  for (const remark of [...doubts(data.coverage, sinceDay), ...remarks]) io.stderr.write(`${remark}\n`);
  if (options['json'] === true) writeJson(io, planData(shown, scope));
  else io.stdout.write(planText(shown, scope));
  const isHit = plan.parts.some(({ hits, perhaps }) => hits.length + perhaps.length > 0);
  // Without any data nobody can tell whom it would hit.
  const isUnknown = data.coverage.since === undefined;
  return options['fail-on'] === 'hits' && (isHit || isUnknown) ? foundCode : 0;
}

/** Say which days of the plan have no data: their callers are missing, so that nobody may seem to be hit. */
function doubts({ since, gaps }: Coverage, sinceDay: number): readonly string[] {
  if (since === undefined) return ['There are no data: no gateway stored anything in these sources.'];
  const isLate = since > (sinceDay + 1) * dayMs;
  return coverageLines({ since: isLate ? since : undefined, gaps: gaps.filter(({ last }) => last >= sinceDay) });
}

/** Rename the callers of all rows. */
function renamed({ parts, all, untouched, over }: RetirementPlan, rename: Rename): RetirementPlan {
  const rows = (some: readonly PlanRow[]): readonly PlanRow[] =>
    some.map((row) => ({
      ...row,
      project: rename('project', row.project),
      agent: rename('agent', row.agent),
      network: rename('network', row.network),
      operation: rename('operation', row.operation),
      reasons: row.reasons.map((reason) => rename('reason', reason)),
    }));
  return {
    parts: parts.map((part) => ({
      ...part,
      hits: rows(part.hits),
      perhaps: rows(part.perhaps),
      spared: rows(part.spared),
    })),
    over,
    all: rows(all),
    untouched: rows(untouched),
  };
}

import { dayText } from '../../ledger/days.ts';
import { dimensions, type GroupName } from '../groups.ts';
import type { CallerHold, Hold, Verdict } from '../verdict.ts';
import { monthlyWaitDays, waitReasons } from '../wait.ts';
import { minuteText } from './time-text.ts';

/** Return the title of a verdict. @param project the only project of the report; undefined for all */
export function verdictTitle(kind: Verdict['kind'], project: string | undefined): string {
  return kind === 'safe' && project !== undefined ? 'no longer needed by this project' : titles[kind];
}

const titles: Readonly<Record<Verdict['kind'], string>> = {
  'no-data': 'no data',
  needed: 'needed',
  waiting: 'wait',
  announce: 'announce a brownout',
  safe: 'safe to switch off',
};

/**
 * Say a verdict in one sentence, with what holds it back longest. @param project the only project of the report; undefined for all
 */
export function verdictSentence({ kind, holds, earliest }: Verdict, project: string | undefined): string {
  const date = earliest === undefined ? '' : dayText(earliest);
  const [longest] = holds;
  switch (kind) {
    case 'no-data':
      return 'There is nothing to judge by: no gateway stored anything in these sources.';
    case 'needed':
      return `The gateway is needed. If nobody who needs it called from now on, the silence would be long enough on ${date}.`;
    case 'waiting':
      return `Wait until ${date}${longest === undefined ? '' : `, because ${holdClause(longest)}`}.`;
    case 'announce':
      return 'Announce a brownout: the silence is long enough, but only a brownout of a day that hits nobody proves that nobody is left.';
    case 'safe':
      if (project !== undefined)
        return `Project ${project} needs the gateway no longer: its silence is long enough, a brownout of a day did not hit it, and no day is without data since. Others, and calls that name no project, may need it.`;
      return 'The gateway can be switched off: the silence is long enough, a brownout of a day hit nobody, and no day is without data since.';
    default:
      return kind satisfies never;
  }
}

/** The most reasons that are listed for a verdict; JSON has all. */
const mostHolds = 10;

/** Say what holds a verdict back, and of how many reasons nothing is said. */
export function holdTexts(holds: readonly Hold[]): readonly string[] {
  const rest = holds.length - mostHolds;
  return [...holds.slice(0, mostHolds).map(holdSentence), ...(rest > 0 ? [`... and ${rest} more`] : [])];
}

/** Say in a sentence what holds a verdict back, and until when. */
export function holdSentence(hold: Hold): string {
  const clause = holdClause(hold);
  const until = hold.overOn === undefined ? '' : ` This holds until ${dayText(hold.overOn)}.`;
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.${until}`;
}

function holdClause(hold: Hold): string {
  switch (hold.kind) {
    case 'active':
      return `${callerText(hold.name)} called on ${dayText(hold.lastDay)}, and may call again; ${silenceClause(hold)}`;
    case 'silence':
      return `${callerText(hold.name)} called last on ${dayText(hold.lastDay)}; ${silenceClause(hold)}`;
    case 'without-data':
      return `there are no complete data ${daysText(hold.first, hold.last)}, and a client may have called then`;
    case 'young':
      return `the data begin on ${minuteText(hold.since)}, and a client that comes monthly shows itself in ${monthlyWaitDays} days`;
    case 'refused':
      return `a brownout or a rule refused a call on ${minuteText(hold.last)}, and its client may come once a month`;
    case 'no-brownout':
      return `no brownout of at least a day, for everybody and with complete data, was after ${minuteText(hold.after)}`;
    default:
      return hold satisfies never;
  }
}

function silenceClause({ name, silence }: CallerHold): string {
  const { of, lastDay, wait, longestGap, isProlonged } = silence;
  const isOfAll = callerText(of) === callerText(name);
  const whose = isOfAll
    ? `${name.project === undefined ? 'their' : 'its'} silence`
    : `the silence of ${callerText(of)} since ${dayText(lastDay)}`;
  const gap = wait.reason === 'gap' ? `, which was less than ${longestGap + 1} days` : '';
  const again = isProlonged ? ', and again after days without data' : '';
  return `${whose} must last ${wait.days} days (${waitReasons[wait.reason]}${gap})${again}`;
}

/** Name a group by its members. */
export function callerText(name: GroupName): string {
  const parts = dimensions.flatMap((dimension) => {
    const value = name[dimension];
    return value === undefined ? [] : [`${dimension} ${value === '' ? '(none)' : value}`];
  });
  return parts.length === 0 ? 'the callers together' : parts.join(', ');
}

/** Name days without data. */
export function daysText(first: number, last: number): string {
  return first === last ? `on ${dayText(first)}` : `from ${dayText(first)} to ${dayText(last)}`;
}

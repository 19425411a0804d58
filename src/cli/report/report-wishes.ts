import { dayNumberIn, dayNumberOf, dayMs } from '../../ledger/days.ts';
import { dimensions, type Dimension } from '../../way-out/groups.ts';
import { UsageError, type CommandValues } from '../command.ts';

/** The formats of a report. */
export const reportFormats = ['table', 'json', 'csv', 'md', 'html'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** The rows for which a report may fail. */
export const failures = ['breaks', 'needs', 'any'] as const;

/** The wishes for a report. Days are numbers from 1970-01-01. */
export interface ReportWishes {
  readonly by: readonly Dimension[];
  readonly format: ReportFormat;
  readonly failOn: (typeof failures)[number] | undefined;
  readonly isAnonymous: boolean;
  readonly project: string | undefined;
  readonly top: number;
  /** Undefined for all days. */
  readonly sinceDay: number | undefined;
  readonly untilDay: number;
  /** The time of the report, in milliseconds of Unix time: now, or the end of its last day. */
  readonly now: number;
}

/** The most rows of a table for people; programs get all. */
const defaultTop = 100;

/** Read the options of a report. @throws {UsageError} */
export function readWishes({ options }: CommandValues, now: number): ReportWishes {
  const today = dayNumberOf(now);
  const untilDay = dayIn(textOf(options['until']), '--until', today) ?? today;
  const format =
    options['json'] === true ? 'json' : (reportFormats.find((each) => each === options['format']) ?? 'table');
  const failOn = failures.find((each) => each === options['fail-on']);
  return {
    by: readBy(textOf(options['by']) ?? 'project,agent,reason'),
    format,
    failOn,
    isAnonymous: options['anonymous'] === true,
    project: textOf(options['project']),
    top: readTop(textOf(options['top'])) ?? (format === 'json' || format === 'csv' ? Infinity : defaultTop),
    sinceDay: dayIn(textOf(options['since']), '--since', today),
    untilDay,
    now: Math.min(now, (untilDay + 1) * dayMs - 1),
  };
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Read the members by which rows are made, in the order in which they are given. */
function readBy(text: string): readonly Dimension[] {
  const members = text.split(',').map((word) => {
    const member = dimensions.find((each) => each === word.trim());
    if (member === undefined)
      throw new UsageError(`--by must be some of ${dimensions.join(', ')}, with commas between them.`);
    return member;
  });
  return [...new Set(members)];
}

function readTop(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const top = Number(text);
  if (!Number.isSafeInteger(top) || top < 1) throw new UsageError('--top must be a number of rows, such as 20.');
  return top;
}

/** Read a day: a date, or a number of days before today. */
function dayIn(text: string | undefined, option: string, today: number): number | undefined {
  if (text === undefined) return undefined;
  const [, days] = /^(\d{1,5})d$/.exec(text) ?? [];
  const day = days === undefined ? dayNumberIn(text) : today - Number(days);
  if (Number.isNaN(day))
    throw new UsageError(`${option} must be a date, such as 2026-01-31, or a number of days, such as 90d.`);
  return day;
}

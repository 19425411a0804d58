import { RecentCallers } from '../../../ledger/count/caller-names.ts';
import { callerOf, callerOfNeed, keptReason, type CountedCaller } from '../../../ledger/count/caller.ts';
import { dayNumberOf, dayText } from '../../../ledger/days.ts';
import type { DayCount, LedgerRun } from '../../../ledger/entry.ts';
import { UsageError } from '../../command.ts';
import { readLine, type ReadExchange } from './exchange-line.ts';
import { LineHead } from './line-head.ts';
import { LogDays } from './log-days.ts';
import { LineSplitter } from './split-lines.ts';

/** The lines of the log files that could not be used. */
export interface LogProblems {
  /** Lines that are no JSON, or lack the time. */
  readonly broken: number;
  /** Lines of exchanges that an earlier version wrote, which did not know `needs`. */
  readonly withoutNeeds: number;
}

/** The way of a log in text, which has no fields that a program could read. */
const readableLine = /^\d\d:\d\d:\d\d\.\d{3} (?:info|warn|error) /;

/** The longest part of a line that is shown in a message or compared with the form of another format, in bytes. */
const headBytes = 64;

/** The most projects that are remembered as served by the cloud: as many as a ledger has keys. */
const mostProjects = 10_000;
/** The most exchanges that are held back until all files have been read: those that a retirement refused. */
const mostHeld = 50_000;
/** The most keys that are remembered as known. */
const mostKeys = 20_000;

/** The reader of log files, in any order: what it counts is handed on, and only days, projects and keys are kept. */
export class LogReader {
  readonly #count: (count: DayCount) => void;
  readonly #days = new LogDays();
  readonly #projects = new Set<string>();
  /** The texts of the keys so far, by which a request that was not sent is known. */
  readonly #keys = new Set<string>();
  readonly #callers = new RecentCallers();
  readonly #head = new LineHead();
  readonly #held: ReadExchange[] = [];
  #lastDay = { day: -1, text: '' };
  #broken = 0;
  /** True if the file that is read has a line that can be read. */
  #isReadable = false;
  #withoutNeeds = 0;

  /** Create a reader. @param count called for each exchange and each reason for which it needed the gateway */
  constructor(count: (count: DayCount) => void) {
    this.#count = count;
  }

  get problems(): LogProblems {
    return { broken: this.#broken, withoutNeeds: this.#withoutNeeds };
  }

  /** Return the days of the log as runs. @param now in milliseconds of Unix time */
  runs(now: number): readonly LedgerRun[] {
    return this.#days.runs(now);
  }

  /** Count what was held back. Call it when all files have been read. */
  finish(): void {
    for (const exchange of this.#held.splice(0)) this.#countFor(this.#callerOf(exchange), exchange);
  }

  /**
   * Read the bytes of one file. @param name the name of the file in messages
   * @throws {UsageError} for a log that is not in JSON, or a file that is no log
   */
  async read(chunks: AsyncIterable<Buffer>, name: string): Promise<void> {
    let isFirst = true;
    const brokenBefore = this.#broken;
    this.#isReadable = false;
    const splitter = new LineSplitter((bytes, start, end) => {
      if (isFirst) refuseText(bytes.toString('latin1', start, Math.min(end, start + headBytes)), name);
      isFirst = false;
      this.#readBytes(bytes, start, end);
    });
    for await (const chunk of chunks) splitter.add(chunk);
    const { broken } = this.problems;
    splitter.finish();
    // The last line may be in the middle of being written.
    this.#broken = broken + splitter.tooLong;
    // Another file than was meant must not look like a log without callers.
    if (this.#broken > brokenBefore && !this.#isReadable)
      throw new UsageError(`${name} is no log of a gateway: none of its lines can be read.`);
  }

  /** Read a line. Those of exchanges without needs are recognised by their bytes, because parsing takes ten times as long. */
  #readBytes(bytes: Buffer, start: number, end: number): void {
    const day = this.#head.dayOfNeedless(bytes, start, end);
    if (day !== undefined) {
      this.#isReadable = true;
      return this.#days.add(day, true);
    }
    if (this.#head.isOfOther(bytes, start, end)) {
      this.#isReadable = true;
      return undefined;
    }
    const content = readLine(bytes.toString('utf8', start, end));
    if (content.kind === 'broken') this.#broken += 1;
    else if (content.kind !== 'empty') this.#isReadable = true;
    if (content.kind === 'without-needs') {
      this.#withoutNeeds += 1;
      this.#days.add(dayNumberOf(content.time), false);
    }
    if (content.kind === 'exchange') this.#add(content.exchange);
    return undefined;
  }

  #add(exchange: ReadExchange): void {
    const { time, isInfo, needs, isRefused = false } = exchange;
    // A log of the level `warn` lacks the calls that were answered, so that its days are without data.
    if (isInfo) this.#days.add(dayNumberOf(time), true);
    if (needs.length === 0) return;
    const caller = this.#callerOf(exchange);
    if (caller.isProven && this.#projects.size < mostProjects) this.#projects.add(caller.names.project);
    // The newest file is often the first: an older one may show that the cloud knows the project.
    if (isRefused && caller.isReduced && this.#held.length < mostHeld) this.#held.push(exchange);
    else this.#countFor(caller, exchange);
  }

  #callerOf(exchange: ReadExchange): CountedCaller {
    return callerOf(exchange, this.#callers.namesOf(exchange), (project) => this.#projects.has(project));
  }

  #countFor(caller: CountedCaller, exchange: ReadExchange): void {
    const { time, needs, status, requestId, isRefused = false } = exchange;
    const isAnswered = status < 400;
    const counts = {
      day: this.#textOf(dayNumberOf(time)),
      answered: isAnswered ? 1 : 0,
      failed: isAnswered ? 0 : 1,
      refused: isRefused ? 1 : 0,
      first: time,
      last: time,
      requestId,
    };
    for (const need of needs) {
      const sure = callerOfNeed(caller, need, (text) => this.#keys.has(text));
      const reason = keptReason(need, sure);
      if (this.#keys.size < mostKeys) this.#keys.add(sure.names.keyText(reason));
      this.#count({ key: sure.names.key(reason), ...counts });
    }
  }

  /** Write a day. Most lines have that of the line before. */
  #textOf(day: number): string {
    if (day !== this.#lastDay.day) this.#lastDay = { day, text: dayText(day) };
    return this.#lastDay.text;
  }
}

function refuseText(head: string, name: string): void {
  if (!readableLine.test(head)) return;
  throw new UsageError(
    `${name} is a log in the text format, which is for people. Set GATEWAY_LOG_FORMAT=json; from then on the log can be read.`,
  );
}

import { fixedLimits } from '../../config/fixed-limits.ts';
import { dayNumberOf, dayText } from '../days.ts';
import type { DayCount, LedgerKey } from '../entry.ts';
import { keyTextOf, refusedOf } from '../larger.ts';
import type { CountedNeeds } from './counted-needs.ts';
import { RecentCallers } from './caller-names.ts';
import { callerOf, callerOfNeed, isSpecial, keptReason, kindOfReason, otherKey, type CountedCaller } from './caller.ts';

/** The limits of a tally, and the functions that it calls. */
export interface TallyOptions {
  /** The largest number of keys. */
  readonly maxKeys: number;
  /** Return the time in milliseconds of Unix time. */
  readonly now: () => number;
  /** Called once, when an exchange is counted as `(other)` for the first time. */
  readonly onFull: () => void;
}

/** The keys of one project, or of all projects that the cloud never served. */
interface Group {
  /** The project; undefined for the keys that are of none. */
  readonly project: string | undefined;
  keys: number;
  /** True if the cloud served the project in this run; only then new keys are its own. */
  isProven: boolean;
}

/** A key with its counts of the day on which it was counted last. */
interface Entry {
  readonly key: LedgerKey;
  readonly group: Group;
  day: number;
  answered: number;
  failed: number;
  refused: number;
  first: number;
  last: number;
  requestId: string;
  /** True if it was counted since it was taken last. */
  isChanged: boolean;
}

/** The part of all keys that one project may have: a project must not push the others out of the ledger. */
const projectShare = 1 / 20;

/**
 * The counts of this process, in memory. Each count takes about a microsecond. A count of a key and a day only grows; when the
 * day is over it is taken once more, and then no longer held.
 */
export class Tally {
  readonly #options: TallyOptions;
  #maxKeys: number;
  readonly #entries = new Map<string, Entry>();
  /** The projects of which the cloud accepted a token, and those that the ledger has. */
  readonly #projects = new Map<string, Group>();
  /** Those of them that have no keys, the oldest first: they give their places to others. */
  readonly #unused = new Set<string>();
  /** The projects whose calls the cloud answered, but never with success, and clients it has not seen: callers could invent them. */
  readonly #unproven: Group = { project: undefined, keys: 0, isProven: false };
  /** The rows that are not of a project. */
  readonly #reduced: Group = { project: undefined, keys: 0, isProven: false };
  /** The counts of days that are over, to be taken. */
  readonly #past: DayCount[] = [];
  readonly #changed: Entry[] = [];
  readonly #callers = new RecentCallers();
  #today = 0;
  #others = 0;

  constructor(options: TallyOptions) {
    this.#options = options;
    this.#maxKeys = options.maxKeys;
  }

  /** The number of keys that are held. */
  get size(): number {
    return this.#entries.size;
  }

  /** The number of counts that were added to `(other)`, because the ledger or the share of a project was full. */
  get others(): number {
    return this.#others;
  }

  /** Use another limit for keys that are new. */
  limit(maxKeys: number): void {
    this.#maxKeys = maxKeys;
  }

  /** Count the needs of an exchange that has ended. */
  count(exchange: CountedNeeds): void {
    const { needs, status, cloudStatus, requestId, isRefused = false } = exchange;
    if (needs.length === 0) return;
    const at = this.#options.now();
    this.#beginDay(dayNumberOf(at));
    const caller = callerOf(exchange, this.#callers.namesOf(exchange), (project) => this.#projects.has(project));
    if (caller.isProven) this.#prove(caller.names.project);
    for (let index = 0; index < needs.length && index < fixedLimits.ledgerNeeds; index += 1) {
      const need = needs[index] ?? '';
      const sure = callerOfNeed(caller, need, (text) => this.#entries.has(text));
      const entry = this.#entryOf(sure, keptReason(need, sure), cloudStatus !== undefined);
      this.#add(entry, at, status < 400);
      if (isRefused) entry.refused += 1;
      entry.requestId = requestId;
    }
  }

  /** Take some of the counts that have changed since they were taken last; fewer than `most` if these were all. */
  take(most = Infinity): readonly DayCount[] {
    const taken = this.#past.splice(0, most);
    while (taken.length < most && this.#changed.length > 0) {
      for (const entry of this.#changed.splice(0, most - taken.length)) {
        if (!entry.isChanged) continue;
        entry.isChanged = false;
        taken.push(countOf(entry));
      }
    }
    return taken;
  }

  /** Take all counts of today with the next ones, whether they have changed or not: the store may have lost them. */
  takeAllAgain(): void {
    for (const entry of this.#entries.values()) if (entry.answered + entry.failed > 0) this.#change(entry);
  }

  /** Begin with the keys that the ledger has, so that its limits hold for all runs together. */
  prime(keys: readonly LedgerKey[]): void {
    this.#beginDay(dayNumberOf(this.#options.now()));
    for (const key of keys) {
      const isReduced = isSpecial(key.project);
      // A ledger does not say whether the cloud ever served a project, which a caller may have invented.
      const ofProject = isReduced ? this.#reduced : (this.#projects.get(key.project) ?? this.#addProject(key.project));
      const group = ofProject ?? this.#unproven;
      const text = keyTextOf(key);
      if (!this.#entries.has(text) && this.#hasRoom(group)) this.#create(text, key, group);
    }
  }

  #entryOf(caller: CountedCaller, reason: string, isAccepted: boolean): Entry {
    const { names } = caller;
    const text = names.keyText(reason);
    const known = this.#entries.get(text);
    if (known !== undefined) return known;
    // A client that the cloud has not seen may be invented: it takes no place of those of its project.
    const group = caller.isReduced ? this.#reduced : isAccepted ? this.#groupOf(names.project) : this.#unproven;
    // The rows of unverified callers are few, one for each kind of reason.
    if (caller.isReduced || this.#hasRoom(group)) return this.#create(text, names.key(reason), group);
    return this.#otherOf(names.project, kindOfReason(reason), group);
  }

  /** Find the row of the other keys of a project, or else of all projects. */
  #otherOf(project: string, reason: string, group: Group): Entry {
    if (this.#others === 0) this.#options.onFull();
    this.#others += 1;
    const ofProject = otherKey(project, reason);
    const known = this.#entries.get(keyTextOf(ofProject));
    if (known !== undefined) return known;
    if (group !== this.#unproven && this.#entries.size < this.#maxKeys)
      return this.#create(keyTextOf(ofProject), ofProject, group);
    const ofAll = otherKey('(other)', reason);
    const text = keyTextOf(ofAll);
    return this.#entries.get(text) ?? this.#create(text, ofAll, this.#reduced);
  }

  #create(text: string, key: LedgerKey, group: Group): Entry {
    const counts = { answered: 0, failed: 0, refused: 0, first: 0, last: 0, requestId: '', isChanged: false };
    const entry: Entry = { key, group, day: this.#today, ...counts };
    this.#addKeys(group, 1);
    this.#entries.set(text, entry);
    return entry;
  }

  #add(entry: Entry, at: number, isAnswered: boolean): void {
    if (entry.day !== this.#today) this.#turnOver(entry);
    if (entry.answered + entry.failed === 0) entry.first = at;
    if (isAnswered) entry.answered += 1;
    else entry.failed += 1;
    entry.last = Math.max(entry.last, at);
    if (!entry.isChanged) this.#change(entry);
  }

  /** Begin the counts of a key for today. */
  #turnOver(entry: Entry): void {
    if (entry.isChanged) this.#past.push(countOf(entry));
    Object.assign(entry, { day: this.#today, answered: 0, failed: 0, refused: 0, last: 0, isChanged: false });
  }

  #change(entry: Entry): void {
    entry.isChanged = true;
    this.#changed.push(entry);
  }

  /** Begin a day, if it is a new one, and free the places of keys that were not seen for long. */
  #beginDay(today: number): void {
    // A clock that is set back must not begin a former day anew, whose counts would be smaller than those that are stored.
    if (today <= this.#today) return;
    this.#today = today;
    for (const [text, entry] of this.#entries) {
      if (entry.isChanged || entry.day >= today - fixedLimits.ledgerKeyDays) continue;
      this.#entries.delete(text);
      this.#addKeys(entry.group, -1);
    }
  }

  #hasRoom(group: Group): boolean {
    return this.#entries.size < this.#maxKeys && group.keys < Math.ceil(this.#maxKeys * projectShare);
  }

  #groupOf(project: string): Group {
    const group = this.#projects.get(project);
    return group?.isProven === true ? group : this.#unproven;
  }

  /** Give a project its share of the keys, because the cloud has served it. */
  #prove(project: string): void {
    const group = this.#projects.get(project) ?? this.#addProject(project);
    if (group !== undefined) group.isProven = true;
  }

  /** Remember a project, also while it has no keys: what a retirement refuses is counted under its name. */
  #addProject(project: string): Group | undefined {
    if (this.#projects.size >= this.#maxKeys) {
      const [unused] = this.#unused;
      if (unused === undefined) return undefined;
      this.#unused.delete(unused);
      this.#projects.delete(unused);
    }
    const group = { project, keys: 0, isProven: false };
    this.#projects.set(project, group);
    this.#unused.add(project);
    return group;
  }

  #addKeys(group: Group, more: number): void {
    group.keys += more;
    const { project, keys } = group;
    if (project === undefined) return;
    if (keys === 0) this.#unused.add(project);
    else this.#unused.delete(project);
  }
}

function countOf({ key, day, answered, failed, refused, first, last, requestId }: Entry): DayCount {
  return { key, day: dayText(day), answered, failed, ...refusedOf(refused), first, last, requestId };
}

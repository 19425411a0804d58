import { doesNeedBreak } from '../need-reasons.ts';
import { anySelection, eitherCheck } from './any-selection.ts';
import { phaseAt, type Phase } from './calendar/phases.ts';
import type { TimeWindow } from './calendar/windows.ts';
import { retirementFields, type RetirementFields } from './header-fields.ts';
import type { Brownout, RetirementFile, RetirementRule } from './retirement-file.ts';
import { SelectionIndex } from './selection-index.ts';
import { selectionCheck, without, type Match, type Selection, type SelectionCheck, type Subject } from './selection.ts';

/** The refusal of an exchange. */
export interface Refusal {
  readonly by: 'brownout' | 'rule';
  /** The name of the brownout or the rule. */
  readonly name: string;
  /** The time since when such exchanges are refused, in milliseconds of Unix time. */
  readonly since: number;
  /** The end of the brownout; undefined for a rule, which has none. */
  readonly until: number | undefined;
}

/** A brownout or a rule with its checks. */
interface Checked<T> {
  readonly source: T;
  /** The exchanges that it is about, exceptions included. */
  readonly selected: SelectionCheck;
  /** Its exceptions, and those of the file. */
  readonly excepted: SelectionCheck;
}

/** The rules and windows that are in force for a while, ready to be asked. */
interface Current {
  readonly phase: Phase<CheckedBrownout, CheckedRule>;
  readonly rules: SelectionIndex<CheckedRule>;
}

type CheckedBrownout = Checked<Brownout> & Pick<Brownout, 'times'>;
type CheckedRule = Checked<RetirementRule> & Pick<RetirementRule, 'from' | 'selection'>;

/** A retirement file that is ready to decide. What is in force is computed once for each stretch of time between two changes. */
export class Retirement {
  readonly file: RetirementFile;
  /** The header fields of answers to exchanges whose needs count. */
  readonly fields: RetirementFields;
  /** Return the needs that count: those that break without the gateway, unless the file says otherwise. */
  readonly counted: <N extends string>(needs: readonly N[]) => readonly N[];
  readonly #brownouts: readonly CheckedBrownout[];
  readonly #rules: readonly CheckedRule[];
  #current: Current;
  /** All rules, for rows of the ledger; undefined until one is asked for. */
  #allRules: SelectionIndex<CheckedRule> | undefined;

  constructor(file: RetirementFile) {
    this.file = file;
    this.fields = retirementFields(file);
    this.counted = file.needs === 'all' ? (needs) => needs : (needs) => needs.filter(doesNeedBreak);
    const ofFile = anySelection(file.except);
    // Thousands of rules share the thousands of exceptions of the file.
    const exceptions = (own: readonly Selection[]): SelectionCheck =>
      own.length === 0 ? ofFile : eitherCheck(ofFile, anySelection(own));
    this.#brownouts = file.brownouts.map((source) => ({
      source,
      times: source.times,
      selected: source.only === undefined ? () => 'yes' : anySelection(source.only),
      excepted: exceptions(source.except),
    }));
    this.#rules = file.rules.map((source) => ({
      source,
      from: source.from,
      selection: source.selection,
      selected: selectionCheck(source.selection),
      excepted: exceptions(source.except),
    }));
    this.#current = this.#computedAt(0);
  }

  /** Decide if an exchange is refused at an instant. A rule goes before a brownout, because it does not end. */
  decide(subject: Subject, instant: number): Refusal | undefined {
    const { phase, rules } = this.#at(instant);
    const rule = rules.about(subject).find((each) => isHit(each, subject));
    if (rule !== undefined) return { by: 'rule', name: rule.source.name, since: rule.from, until: undefined };
    const windows = phase.windows.filter(({ source }) => isHit(source, subject));
    const [first] = windows;
    if (first === undefined) return undefined;
    // The caller may come back when the last of these windows ends.
    const last = windows.reduce((latest, window) => (window.to > latest.to ? window : latest), first);
    return { by: 'brownout', name: last.source.source.name, since: last.from, until: last.to };
  }

  /** List the brownouts that are in force at an instant, each with its window. */
  brownoutsAt(instant: number): readonly (TimeWindow & { readonly name: string })[] {
    return this.#at(instant).phase.windows.map(({ from, to, source }) => ({ from, to, name: source.source.name }));
  }

  /** Return the next instant after one at which a brownout or a rule begins or ends; Infinity if nothing changes any more. */
  nextChange(instant: number): number {
    return this.#at(instant).phase.until;
  }

  /**
   * List the rules and brownouts that select a row of the ledger, whenever they are in force. Rules of other projects are not
   * looked at: a file may have thousands of them, and a ledger ten thousand rows.
   */
  hitsOf(subject: Subject): readonly Hit[] {
    const reasons = this.counted(subject.reasons);
    if (reasons.length === 0) return [];
    this.#allRules ??= new SelectionIndex(this.#rules);
    return [...this.#allRules.about(subject), ...this.#brownouts].flatMap(
      ({ source: { name }, selected, excepted }) => {
        const match = selected({ ...subject, reasons });
        if (match === 'no') return [];
        const exception = excepted({ ...subject, reasons });
        return [{ name, match: without(match, exception), isSpared: exception === 'yes' }];
      },
    );
  }

  #at(instant: number): Current {
    const { from, until } = this.#current.phase;
    // Clocks of computers are put back at times.
    if (instant < from || instant >= until) this.#current = this.#computedAt(instant);
    return this.#current;
  }

  #computedAt(instant: number): Current {
    const phase = phaseAt(instant, this.#brownouts, this.#rules);
    return { phase, rules: new SelectionIndex(phase.rules) };
  }
}

/** The verdict of a brownout or a rule about a row of the ledger. */
export interface Hit {
  readonly name: string;
  readonly match: Match;
  /** True if only an exception keeps it from being refused. */
  readonly isSpared: boolean;
}

function isHit({ selected, excepted }: Checked<unknown>, subject: Subject): boolean {
  return selected(subject) === 'yes' && excepted(subject) !== 'yes';
}

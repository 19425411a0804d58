import { Fault } from '../fault.ts';
import { base, versionText, type Microversion } from './microversion.ts';
import type { Carry, Forward, Treatment } from './profile.ts';

type Members = Readonly<Record<string, unknown>>;

/** A member of the request and what becomes of it; a member that no table names goes on as it is. */
export interface Step {
  readonly member: string;
  readonly value: unknown;
  readonly treatment: Treatment;
}

/** A step whose member goes on inside another. */
export interface CarriedStep {
  readonly member: string;
  readonly value: unknown;
  readonly treatment: Carry;
}

/** How a request will be sent, decided before anything is. */
export interface Plan {
  /** The members that stay members. */
  readonly steps: readonly Step[];
  readonly carried: readonly CarriedStep[];
  /** The paths of what cannot be carried. */
  readonly left: readonly string[];
  readonly microversion: Microversion;
  /** Whether the caller asked for this microversion: then the answer is what the caller asked for, too. */
  readonly isCallers: boolean;
}

const forward: Forward = { kind: 'forward' };

/**
 * The plan of a request: the least microversion that carries it, and for each member what becomes of it there.
 * @param requested the version that the caller asked for, which is honoured
 * @throws {Fault} 400 where the requested version cannot carry a member in any way
 */
export function plan(
  value: Members,
  table: Readonly<Record<string, Treatment>>,
  requested: Microversion | undefined,
): Plan {
  const members = Object.entries(value).map(([member, content]): Step => {
    const treatment = Object.hasOwn(table, member) ? table[member] : undefined;
    return { member, value: content, treatment: treatment ?? forward };
  });
  const version = requested ?? settle(members);
  const steps: Step[] = [];
  const carried: CarriedStep[] = [];
  const left: string[] = [];
  for (const step of members.map((member) => at(member, version))) {
    const { member, treatment } = step;
    if (treatment.kind !== 'carry') {
      steps.push(step);
      continue;
    }
    const selected = treatment.select(step.value);
    left.push(...selected.left);
    if (selected.value !== undefined) carried.push({ member, value: selected.value, treatment });
  }
  for (const { member, treatment } of carried) mustReach(member, treatment.since, version);
  return { steps, carried, left, microversion: version, isCallers: requested !== undefined };
}

function mustReach(member: string, needed: Microversion, version: Microversion): void {
  if (needed <= version) return;
  const rule = `this cloud takes it from microversion ${versionText(needed)} on; the request asks for ${versionText(version)}.`;
  throw Fault.invalid(member, rule);
}

/** The least version at which each member has what it needs; raising it can turn a forward into a carry. */
function settle(members: readonly Step[]): Microversion {
  const needed = (version: Microversion): Microversion =>
    Math.max(version, ...members.map((member) => since(at(member, version))));
  let version = base;
  for (let next = needed(version); next > version; next = needed(version)) version = next;
  return version;
}

function at(step: Step, version: Microversion): Step {
  const { treatment } = step;
  if (treatment.kind !== 'forward' || treatment.until === undefined || version <= treatment.until) return step;
  return { ...step, treatment: treatment.beyond ?? treatment };
}

function since({ value, treatment }: Step): Microversion {
  if (treatment.kind === 'carry') return treatment.select(value).value === undefined ? base : treatment.since;
  return treatment.kind === 'forward' ? (treatment.since ?? base) : base;
}

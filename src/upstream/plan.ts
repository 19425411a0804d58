import { Fault } from '../fault.ts';
import { isFields, type Fields } from '../schema/fields.ts';
import { base, versionText, type Microversion } from './microversion.ts';
import { dropped, type Note } from './note.ts';
import type { Carry, Treatment } from './profile.ts';
import { forward } from './treatments.ts';

/** A member of the request and what becomes of it; a member that no table names goes on as it is. */
export interface Step {
  readonly member: string;
  /** Its path, for faults. */
  readonly at: string;
  readonly value: unknown;
  readonly treatment: Treatment;
}

/** A step whose member goes on inside another. */
export interface CarriedStep {
  readonly member: string;
  readonly at: string;
  readonly value: unknown;
  readonly treatment: Carry;
}

/** How a request will be sent, decided before anything is. */
export interface Plan {
  /** The message's root, with which paths begin. */
  readonly root: string;
  /** Whether the content is made of members; else it goes on whole. */
  readonly hasMembers: boolean;
  /** The whole content, where it has no members; undefined for none. */
  readonly whole: unknown;
  /** The members that stay members. */
  readonly steps: readonly Step[];
  readonly carried: readonly CarriedStep[];
  /** What cannot be carried. */
  readonly left: readonly Note[];
  readonly microversion: Microversion;
  /** Whether the caller asked for this microversion: then the answer is what the caller asked for, too. */
  readonly isCallers: boolean;
}

/**
 * The plan of a request: the least microversion that carries it, and for each member what becomes of it there.
 * @param requested the version that the caller asked for, which is honoured
 * @param root the message's root, with which paths begin
 * @throws {Fault} 400 where the requested version cannot carry a member in any way, or no version could
 */
export function plan(
  value: unknown,
  table: Readonly<Record<string, Treatment>>,
  requested: Microversion | undefined,
  root: string,
): Plan {
  const isRecord = isFields(value);
  const members = isRecord ? membersIn(value, table, root) : [];
  const version = requested ?? settle(members);
  const steps: Step[] = [];
  const carried: CarriedStep[] = [];
  const left: Note[] = [];
  for (const asked of members) {
    const step = atVersion(asked, version);
    const { member, at, treatment } = step;
    if (treatment.kind !== 'carry') {
      steps.push(step);
      continue;
    }
    const selected = treatment.select(step.value, at);
    left.push(...selected.left.map((below) => dropped(`${member}.${below}`, treatment.leftBecause)));
    if (selected.value !== undefined) carried.push({ member, at, value: selected.value, treatment });
  }
  for (const { at, treatment } of carried) mustReach(at, treatment.since, version);
  return {
    root,
    hasMembers: isRecord,
    whole: isRecord ? undefined : value,
    steps,
    carried,
    left,
    microversion: version,
    isCallers: requested !== undefined,
  };
}

function membersIn(value: Fields, table: Readonly<Record<string, Treatment>>, root: string): Step[] {
  return Object.keys(value).map((member) => {
    const treatment = Object.hasOwn(table, member) ? table[member] : undefined;
    return { member, at: `${root}.${member}`, value: value[member], treatment: treatment ?? forward };
  });
}

function mustReach(at: string, needed: Microversion, version: Microversion): void {
  if (needed <= version) return;
  const rule = `this cloud takes it from microversion ${versionText(needed)} on; the request asks for ${versionText(version)}.`;
  throw Fault.invalid(at, rule);
}

/** The least version at which each member has what it needs; raising it can turn a forward into a carry. */
function settle(members: readonly Step[]): Microversion {
  let version = base;
  let isSettled = false;
  while (!isSettled) {
    let needed = version;
    for (const member of members) needed = Math.max(needed, since(atVersion(member, version)));
    isSettled = needed === version;
    version = needed;
  }
  return version;
}

function atVersion(step: Step, version: Microversion): Step {
  const { treatment } = step;
  if (treatment.kind !== 'forward' || treatment.until === undefined || version <= treatment.until) return step;
  return { ...step, treatment: treatment.beyond ?? treatment };
}

function since({ value, at, treatment }: Step): Microversion {
  if (treatment.kind === 'carry') return treatment.select(value, at).value === undefined ? base : treatment.since;
  return treatment.kind === 'forward' ? (treatment.since ?? base) : base;
}

import { Fault } from '../fault.ts';
import { isFields, type Fields } from '../schema/fields.ts';
import { base, versionText, type Microversion } from './microversion.ts';
import { dropped, type Note } from './note.ts';
import type { Carry, Treatment } from './profile.ts';
import { forwarded } from './treatments.ts';

/** A member of the request and its treatment. A member without a treatment in the table is forwarded. */
export interface PlannedMember {
  readonly member: string;
  /** The path of the member, for faults. */
  readonly at: string;
  readonly value: unknown;
  readonly treatment: Treatment;
}

/** A member of the request that is sent inside another member. */
export interface CarriedMember {
  readonly member: string;
  readonly at: string;
  readonly value: unknown;
  readonly treatment: Carry;
}

/** The decision how to send a request, which is made before anything is sent. */
export interface Plan {
  /** The root of the message, with which paths begin. */
  readonly root: string;
  /** True if the content is an object, whose members have treatments. */
  readonly hasMembers: boolean;
  /** The content if it is not an object, which is forwarded unchanged; undefined for none. */
  readonly whole: unknown;
  /** The members that are sent in their own place, or dropped. */
  readonly direct: readonly PlannedMember[];
  readonly carried: readonly CarriedMember[];
  /** The members of which no part can be carried. */
  readonly emptied: readonly Omit<CarriedMember, 'value'>[];
  /** The notes on parts that cannot be carried. */
  readonly omitted: readonly Note[];
  readonly microversion: Microversion;
  /** True if the caller asked for this microversion: then the answer keeps the form of this version. */
  readonly isCallers: boolean;
}

/**
 * Plan a request: find the lowest microversion that accepts all its members, and the treatment of each member at it.
 * @param table the treatments of the operation's members
 * @param requested the microversion that the caller asked for, which is used unchanged
 * @param root the root of the message, with which paths begin
 * @throws {Fault} 400 if the requested version cannot carry a member, or if no version can
 */
export function plan(
  value: unknown,
  table: Readonly<Record<string, Treatment>>,
  requested: Microversion | undefined,
  root: string,
): Plan {
  const isRecord = isFields(value);
  const members = isRecord ? membersIn(value, table, root) : [];
  const version = requested ?? lowestVersion(members);
  const direct: PlannedMember[] = [];
  const carried: CarriedMember[] = [];
  const emptied: Omit<CarriedMember, 'value'>[] = [];
  const omitted: Note[] = [];
  for (const asked of members) {
    const planned = atVersion(asked, version);
    const { member, at, treatment } = planned;
    if (treatment.kind !== 'carry') {
      direct.push(planned);
      continue;
    }
    const selected = treatment.select(planned.value, at);
    omitted.push(...selected.omitted.map((below) => dropped(`${member}.${below}`, treatment.omittedBecause)));
    if (selected.value !== undefined) carried.push({ member, at, value: selected.value, treatment });
    else if (selected.omitted.length > 0) emptied.push({ member, at, treatment });
  }
  for (const { at, treatment } of carried) requireVersion(at, treatment.since, version);
  return {
    root,
    hasMembers: isRecord,
    whole: isRecord ? undefined : value,
    direct,
    carried,
    emptied,
    omitted,
    microversion: version,
    isCallers: requested !== undefined,
  };
}

function membersIn(value: Fields, table: Readonly<Record<string, Treatment>>, root: string): PlannedMember[] {
  return Object.keys(value).map((member) => {
    const treatment = Object.hasOwn(table, member) ? table[member] : undefined;
    return { member, at: `${root}.${member}`, value: value[member], treatment: treatment ?? forwarded };
  });
}

function requireVersion(at: string, needed: Microversion, version: Microversion): void {
  if (needed <= version) return;
  const rule = `this cloud accepts it from microversion ${versionText(needed)} on; the request asks for ${versionText(version)}.`;
  throw Fault.invalid(at, rule);
}

/** Find the lowest version that all treatments allow. Repeat the search, because a higher version can change a forward to a carry. */
function lowestVersion(members: readonly PlannedMember[]): Microversion {
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

function atVersion(planned: PlannedMember, version: Microversion): PlannedMember {
  const { treatment } = planned;
  if (treatment.kind !== 'forward' || treatment.until === undefined || version <= treatment.until) return planned;
  return { ...planned, treatment: treatment.beyond ?? treatment };
}

function since({ value, at, treatment }: PlannedMember): Microversion {
  if (treatment.kind === 'carry') return treatment.select(value, at).value === undefined ? base : treatment.since;
  return treatment.kind === 'forward' ? (treatment.since ?? base) : base;
}

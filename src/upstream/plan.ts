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

/** How a request will be sent, decided before anything is. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly microversion: Microversion;
  /** Whether the caller asked for this microversion: then the answer is what the caller asked for, too. */
  readonly isCallers: boolean;
  /** Whether the server must be read first, because something that it has is to be kept. */
  readonly carries: boolean;
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
  const lookUp = (member: string): Treatment => (Object.hasOwn(table, member) ? table[member] : undefined) ?? forward;
  const members = Object.entries(value).map(([member, content]) => ({
    member,
    value: content,
    treatment: lookUp(member),
  }));
  const version =
    requested ?? settle(members.filter((step) => !isEmptyList(step.value)).map(({ treatment }) => treatment));
  const steps = members
    .map((step) => ({ ...step, treatment: at(step.treatment, version) }))
    // An empty list to carry is nothing to say: it leaves no trace.
    .filter((step) => step.treatment.kind !== 'carry' || !isEmptyList(step.value));
  const carried = steps.find(({ treatment }) => treatment.kind === 'carry' && treatment.since > version);
  if (carried?.treatment.kind === 'carry') {
    const needed = versionText(carried.treatment.since);
    throw Fault.invalid(
      carried.member,
      `this cloud takes it from microversion ${needed} on; the request asks for ${versionText(version)}.`,
    );
  }
  return {
    steps,
    microversion: version,
    isCallers: requested !== undefined,
    carries: steps.some(({ treatment }) => treatment.kind === 'carry'),
  };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** The least version at which each treatment has what it needs; raising it can turn a forward into a carry. */
function settle(treatments: readonly Treatment[]): Microversion {
  const needed = (version: Microversion): Microversion =>
    Math.max(version, ...treatments.map((treatment) => since(at(treatment, version))));
  let version = base;
  for (let next = needed(version); next > version; next = needed(version)) version = next;
  return version;
}

function at(treatment: Treatment, version: Microversion): Treatment {
  if (treatment.kind !== 'forward' || treatment.until === undefined || version <= treatment.until) return treatment;
  return treatment.beyond ?? treatment;
}

function since(treatment: Treatment): Microversion {
  return treatment.kind === 'forward' || treatment.kind === 'carry' ? (treatment.since ?? base) : base;
}

/** The carried steps of a plan, with their treatments. */
export function carriedSteps({ steps }: Plan): { member: string; value: unknown; treatment: Carry }[] {
  return steps.flatMap(({ member, value, treatment }) =>
    treatment.kind === 'carry' ? [{ member, value, treatment }] : [],
  );
}

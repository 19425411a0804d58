import type { Sighting } from './chaos-cloud.ts';
import type { Seen } from './chaos-caller.ts';
import { marksIn } from './chaos-call.ts';
import type { Plan } from './chaos-plan.ts';

/** The outcome for the caller in a word, for the table. */
export function outcomeOf({ kind, answer }: Seen): string {
  if (answer === undefined) return kind;
  return answer.status < 500 ? `${Math.floor(answer.status / 100)}xx` : String(answer.status);
}

/** The behaviours that work, so that a whole answer must hold the mark where it holds anything. */
const working = /^ok/;
/** An answer that its cloud cut short, where nobody can know it. */
const cutShort = /^(?:closes|resets) in the body of its answer$|^promises too (?:much|little)/;

/** How often a request may be sent: a GET twice, if the cloud closed its idle connection as it came. */
const mostOf = (method: string): number => (method === 'GET' ? 2 : 1);

type Check = (isGood: boolean, what: string) => void;

/** List the promises that an exchange broke; normally none. */
export function judge(plan: Plan, seen: Seen, sightings: readonly Sighting[], boundMs: number): string[] {
  const { call } = plan;
  const own = sightings.filter(({ method }) => method === call.method);
  const wrong: string[] = [];
  const check: Check = (isGood, what) => void (isGood || wrong.push(what));

  check(own.length <= mostOf(call.method), `the cloud saw it ${own.length} times`);
  check(sightings.length - own.length <= mostOf('GET'), 'it was read beforehand more than twice');
  check(seen.ms < boundMs, `it took ${Math.round(seen.ms)} ms`);
  check(seen.kind !== 'nothing in time', 'the caller had no answer in time');
  if (seen.kind === 'broken') {
    const mayBreak = call.road === 'forwarded' && own.some(({ isBegun, isAnswered }) => isBegun && !isAnswered);
    check(mayBreak, `the answer broke off: ${JSON.stringify(seen.bytes.slice(0, 80))}`);
  }
  const { answer } = seen;
  if (answer === undefined) return wrong;
  check(seen.bytes === '', `more than one answer: ${seen.bytes.slice(0, 80)}`);
  if (answer.status < 500) judgeAnswer(plan, answer, own, sightings.length, check);
  else judgeFailure(plan, answer, own, check);
  return wrong;
}

/** Judge an answer of the cloud, which must be this caller's own. */
function judgeAnswer(
  { call, behaviour, number }: Plan,
  answer: NonNullable<Seen['answer']>,
  own: readonly Sighting[],
  sightings: number,
  check: Check,
): void {
  const said = textOf(answer);
  // If the read beforehand is refused, that is the answer, and nothing is changed.
  const isRefused = answer.status === 409 && own.length === 0 && sightings > 0;
  check(
    isRefused || (own.length > 0 && own.length <= mostOf(call.method)),
    `answered ${answer.status}, and the cloud saw it ${own.length} times`,
  );
  const isHeard = isRefused || own.some(({ isWhole }) => isWhole) || behaviour.startsWith('answers early');
  check(isHeard, `answered ${answer.status} for a part`);
  check(!marksIn(said).some((mark) => mark !== number), `another's answer: ${said}`);
  const holds = call.answer.body === '' || answer.body === '' || cutShort.test(behaviour) || marksIn(said).length > 0;
  if (working.test(behaviour)) check(holds, `an answer of nobody: ${said}`);
}

/** Judge a failure, which must say whether the cloud may have acted on a change. */
function judgeFailure(
  { behaviour, call }: Plan,
  answer: NonNullable<Seen['answer']>,
  own: readonly Sighting[],
  check: Check,
): void {
  const said = textOf(answer);
  check([500, 502, 503, 504].includes(answer.status), `an answer ${answer.status}`);
  if (answer.status === 500) check(behaviour === 'fails with a page', said);
  if (answer.status === 503) {
    check(own.length === 0, `503, and the cloud saw it: ${said}`);
    check(/Nothing was (?:sent|changed)/.test(answer.body), said);
  }
  if (answer.status === 502 || answer.status === 504)
    check(/may have acted/.test(answer.body) === (call.method !== 'GET'), said);
}

function textOf({ status, body }: NonNullable<Seen['answer']>): string {
  return `${status} ${body.slice(0, 300)}`;
}

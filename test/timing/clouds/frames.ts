import type { Operation } from '../../../src/compute/operation.ts';
import type { Message } from '../../../src/schema/shapes.ts';
import type { Around } from '../../support/hostile-texts.ts';
import { holesIn } from '../callers/holes.ts';

/** The documents of the answers of an operation. */
function answersOf({ answer, otherAnswer }: Operation): readonly Message[] {
  return [answer, otherAnswer].filter((message) => message !== undefined);
}

function holes(operation: Operation): readonly Around[] {
  return answersOf(operation).flatMap((message) => holesIn(message, 'json'));
}

/** The ends of a text: none, and one for which a search for its end has begun in vain at each place. */
const nearMisses = ['', ' /x'];

/** List the documents of an operation's answers with a hole inside of each text: its value, a key, a time. */
export function textFrames(operation: Operation): readonly Around[] {
  return holes(operation).flatMap(([before, after]) => nearMisses.map((end): Around => [before, end + after]));
}

/** List the same documents with a hole in the place of each value, and behind each bracket and brace that opens. */
export function structureFrames(operation: Operation): readonly Around[] {
  return holes(operation).flatMap(([before, after]): readonly Around[] => {
    const isWhole = before.endsWith('"') && after.startsWith('"');
    return isWhole ? [[before.slice(0, -1), after.slice(1)], ...openings(before, after)] : [];
  });
}

/** Find the bracket or brace nearest to a hole: what stands behind it comes before the other members. */
function openings(before: string, after: string): readonly Around[] {
  const at = Math.max(before.lastIndexOf('{'), before.lastIndexOf('['));
  return at === -1 ? [] : [[before.slice(0, at + 1), `${before.slice(at + 1)}x${after}`]];
}

/** Prints the milliseconds of a fixed loop, run twenty times, as JSON; a program, so that it can be pinned to a core. */

const loops = 20;
const turns = 3_000_000;
/** The result of the last loop, with which the next one begins: V8 may drop a loop whose result is unused. */
let last = 1;

function timeLoop(): number {
  const startedAt = performance.now();
  let state = last;
  for (let turn = 0; turn < turns; turn += 1) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  last = state;
  return performance.now() - startedAt;
}

// The first loops run while V8 still compiles them.
for (let loop = 0; loop < loops; loop += 1) timeLoop();
console.log(JSON.stringify(Array.from({ length: loops }, timeLoop)));

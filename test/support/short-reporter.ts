import { dot, type TestEvent } from 'node:test/reporters';

type Summary = Extract<TestEvent, { type: 'test:summary' }>['data'];

/** Print a dot for each file whose tests pass and an X for each other, then the failures, then the counts of all tests. */
async function* shortReport(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const failures: TestEvent[] = [];
  let whole: Summary | undefined;
  for await (const event of source) {
    if (event.type === 'test:fail') failures.push(event);
    // It may be all that is left of a process that crashed.
    if (event.type === 'test:stderr') yield event.data.message;
    if (event.type !== 'test:summary') continue;
    // The summary of the whole run names no file.
    if (event.data.file === undefined) whole = event.data;
    else yield event.data.success ? '.' : 'X';
  }
  if (failures.length > 0) yield* dot(each(failures));
  if (whole !== undefined) yield `\n${linesOf(whole)}\n`;
}

async function* each(events: readonly TestEvent[]): AsyncGenerator<TestEvent, void> {
  yield* events;
}

function linesOf({ counts, duration_ms: ms }: Summary): string {
  const { tests, passed, skipped, todo } = counts;
  return `${skipped} skipped, ${Math.round(ms / 1000)} s\n${passed} passed, ${tests - passed - skipped - todo} failed`;
}

// oxlint-disable-next-line import/no-default-export -- node takes a reporter from the default export and from no other
export default shortReport;

import assert from 'node:assert/strict';
import { LogReader } from '../../src/cli/report/log/log-reader.ts';
import { KnownKeys } from '../../src/way-out/known-keys.ts';
import { logLines } from './log-lines.ts';
import { measured } from './measured.ts';

const lines = 1_000_000;
/** The lines that are written once, and read again and again: writing takes longer than reading. */
const distinctLines = 20_000;
const most = { seconds: 15, megabytes: 500 };
const begin = Date.parse('2026-06-01');

/** Yield about a million lines in the chunks of a file. */
async function* chunksOf(needing: number): AsyncGenerator<Buffer> {
  const text = Buffer.from(`${[...logLines(distinctLines, needing, begin, 60_000)].join('\n')}\n`);
  for (let read = 0; read < lines; read += distinctLines)
    for (let at = 0; at < text.length; at += 1_048_576) yield text.subarray(at, at + 1_048_576);
}

for (const [name, needing] of [
  ['of which one in twenty needed the gateway', 0.05],
  ['all of which needed it', 1],
] as const)
  measured(
    `${lines} lines of a log ${name} are read within ${most.seconds} s of one core, in constant memory`,
    async (context) => {
      const keys = new KnownKeys(Date.parse('2026-11-30'), 0);
      const reader = new LogReader((count) => keys.add(count));
      const before = process.threadCpuUsage();
      await reader.read(chunksOf(needing), 'log');
      const { user, system } = process.threadCpuUsage(before);
      const seconds = (user + system) / 1_000_000;
      const megabytes = process.memoryUsage().rss / 1_000_000;
      context.diagnostic(`${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`);
      assert.ok(keys.values().length > 1000);
      assert.deepEqual(reader.problems, { broken: 0, withoutNeeds: 0 });
      assert.ok(seconds < most.seconds, `${seconds} s`);
      assert.ok(megabytes < most.megabytes, `${megabytes} MB`);
    },
  );

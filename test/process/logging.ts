import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '../../src/observe/log.ts';

/** A process for the tests of the log: it logs and ends in the way that its first argument names. */
const log = createLog({ level: 'info', format: 'json' });
const [name = '', id = ''] = process.argv.slice(2);

const say = (count: number, text = 'x'.repeat(300)): void => {
  for (let number = 0; number < count; number += 1) log.info('said', { id, number, text });
};
const tell = (fact: object): void => void writeSync(2, `${JSON.stringify(fact)}\n`);

const ways: Readonly<Record<string, () => Promise<void> | void>> = {
  'exits in the same turn': () => {
    say(500);
    process.exit(3);
  },
  'throws in the same turn': () => {
    say(500);
    throw new Error('as it should');
  },
  'closes and exits': async () => {
    say(500);
    await log.close();
    process.exit();
  },
  'is killed after an error': () => {
    say(5);
    log.error('wrong');
    process.kill(process.pid, 'SIGKILL');
  },
  'has nothing left to do': () => say(5),
  'says much in turns': async () => {
    for (let turn = 0; turn < 100; turn += 1) {
      say(20);
      await sleep(0);
    }
  },
  'says long lines': () => {
    for (const length of [10, 3000, 5000, 10, 200_000, 10]) say(1, 'é'.repeat(length));
  },
  /** Reports what it holds, then waits for input and logs once more. */
  'has a reader that does not read': async () => {
    const before = process.memoryUsage().rss;
    say(40_000);
    await sleep(30);
    tell({ grownBy: process.memoryUsage().rss - before });
    await new Promise((resolve) => process.stdin.once('data', resolve));
    say(1, 'after');
    process.stdin.destroy();
  },
  'has a reader that does not read, and exits': () => {
    say(40_000);
    process.exit(4);
  },
  'has a reader that goes': async () => {
    say(1);
    await new Promise((resolve) => process.stdin.once('data', resolve));
    say(5000);
    log.error('wrong');
    await sleep(30);
    say(1);
    tell({ isAlive: true });
    process.exit(5);
  },
};

await ways[name]?.();

import type { Figures } from '../test/promises/soak/soak-process.ts';
import { complaintsOf, noise, soak, type SoakReport } from '../test/promises/soak/soak.ts';

/** `npm run soak -- --minutes N`: loads the gateway at half of its maximum rate, with failures, and reports leaks. */

const defaultMinutes = 30;
const columns = [
  '',
  'seconds',
  'RSS MB',
  'heap MB',
  'external MB',
  'descriptors',
  'in flight',
  'delay p99 ms',
  'CPU s',
];

const minutes = minutesOf(process.argv.slice(2));
if (minutes === undefined) {
  console.error('Usage: npm run soak -- [--minutes N]');
  process.exitCode = 2;
} else {
  console.log(columns.join('\t'));
  const loadMs = minutes * 60_000;
  const report = await soak(
    {
      calibrationMs: 5000,
      warmUpMs: Math.min(60_000, loadMs / 16),
      loadMs,
      sampleMs: Math.max(1000, Math.min(15_000, loadMs / 20)),
    },
    (figures) => console.log(row('', figures)),
  );
  const complaints = complaintsOf(report);
  print(report);
  for (const complaint of complaints) console.error(`Problem: ${complaint}`);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}

function minutesOf([flag, value, ...more]: readonly string[]): number | undefined {
  if (flag === undefined) return defaultMinutes;
  const given = Number(value);
  return flag === '--minutes' && given > 0 && more.length === 0 ? given : undefined;
}

function row(name: string, { seconds, rss, heap, external, descriptors, inFlight, delay, cpu }: Figures): string {
  return [
    name,
    ...[seconds, rss, heap, external, descriptors, inFlight, delay, cpu].map((value) => value.toFixed(1)),
  ].join('\t');
}

function print({ maximum, rate, before, after, samples, tally, lines, exitCode }: SoakReport): void {
  const most = (of: (figures: Figures) => number): number => Math.max(...samples.map(of));
  console.log(row('before', before));
  console.log(row('after', after));
  console.log(
    [
      `maximum rate: ${Math.round(maximum)} exchanges a second; rate of the soak: ${Math.round(rate)} a second, ${tally.sent} in total; ${lines} lines in the log`,
      `${tally.answered} answered, ${tally.brokenOff} aborted by the cloud, ${tally.hungUp} aborted by the client, ${tally.heldBack} not sent (too many in flight), ${tally.unanswered.length} unanswered, ${tally.wrong.length} answered wrongly`,
      `peak under load: RSS ${most(({ rss }) => rss).toFixed(0)} MB, ${most(({ descriptors }) => descriptors)} descriptors, event loop delay p99 ${most(({ delay }) => delay).toFixed(1)} ms`,
      `allowed growth: heap ${noise.heap} MB, RSS ${noise.rss} MB; exit code ${exitCode}`,
    ].join('\n'),
  );
}

import { dayMs, dayText } from '../../src/ledger/days.ts';
import type { DayCount, LedgerKey, LedgerRun } from '../../src/ledger/entry.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';

/** Names of projects and clients in every script, and those that try to be something else. */
export const hardNames: readonly string[] = [
  'مشروع المحاسبة ٢٠٢٦',
  'פרויקט הנהלת חשבונות',
  '会計プロジェクト',
  '재무팀',
  'โครงการบัญชี',
  'Ελληνικά и русский',
  '🧑‍🚀🚀🏳️‍🌈',
  `${'a'.repeat(63)}z`,
  '<img src=x onerror=document.title="hit">',
  '</td></table><script>document.title="hit"</script>',
  '"onmouseover="document.title=1',
  "'; DROP TABLE keys; --",
  'a/b/../%2e%2e%2fc?d#e',
  '\u202Eesrever\u202C',
  'zero\u200Bwidth\u00A0space',
  '__proto__',
  'constructor',
  '=HYPERLINK("http://evil.example")',
  '${7*7}{{7*7}}',
];

/** The number of keys, besides those of the hard names. */
const manyKeys = 10_000;
const weeks = 104;
const reasons = ['xml-request', 'xml-answer', 'suffix', 'path-v2', 'url-reference', 'spelling:accessIPv4'] as const;

/** Fill a store with two years of three replicas: the hard names each week, and ten thousand keys once each. */
export async function fillHardLedger(store: LedgerStore, now: number): Promise<void> {
  const runs = ['gateway-a', 'gateway-b', 'gateway-c'].map((instance, at): LedgerRun => ({
    instance,
    boot: `boot-${instance}`,
    version: '1.0.0',
    startedAt: now - 730 * dayMs,
    storedAt: at === 2 ? now - 3 * dayMs : now - 20_000,
    isClosed: false,
    others: at,
  }));
  for (const [at, run] of runs.entries()) {
    const counts = [...weekly(now, at), ...Array.from({ length: manyKeys }, (_, key) => once(key, now))].filter(
      (_, index) => index % runs.length === at,
    );
    for (let from = 0; from < counts.length; from += 500) await store.write(run, counts.slice(from, from + 500));
  }
}

function weekly(now: number, replica: number): readonly DayCount[] {
  return hardNames.flatMap((name, at) =>
    Array.from({ length: weeks }, (_, week) =>
      counted({ project: name, agent: name, reason: reasons[at % reasons.length] ?? '' }, now - week * 7 * dayMs, {
        answered: 1 + ((week * 7 + at + replica) % 50),
        refused: week === 3 ? 2 : 0,
      }),
    ),
  );
}

function once(at: number, now: number): DayCount {
  const key = {
    project: `project-${String(at % 2500).padStart(5, '0')}`,
    agent: `client/${at % 90}`,
    operation: ['rebuild', 'listServers', 'showServer'][at % 3] ?? '',
    reason: reasons[at % reasons.length] ?? '',
  };
  return counted(key, now - (at % 300) * dayMs, { answered: 1 + (at % 400), refused: 0 });
}

function counted(
  key: Partial<LedgerKey>,
  time: number,
  { answered, refused }: { readonly answered: number; readonly refused: number },
): DayCount {
  return {
    key: { project: '', agent: '', network: '2001:db8:ffff::/48', operation: 'rebuild', reason: '', ...key },
    day: dayText(Math.floor(time / dayMs)),
    answered,
    failed: refused,
    refused,
    first: time,
    last: time,
    requestId: 'req-fc19c505-6b3e-4c6b-8b1a-3d9a4b7a0f11',
  };
}

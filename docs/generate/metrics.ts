import { describedCapacities, type Capacity, type CapacityName } from '../../src/observe/capacities.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { createPrimaryMetrics, sumSnapshots } from '../../src/observe/primary-metrics.ts';
import { code, table } from './markdown.ts';

/** An exchange that sets every label of every metric. */
const everything = {
  region: 'region',
  version: undefined,
  status: 413,
  ms: 1,
  cloudMs: 1,
  notes: [{ member: '', outcome: 'dropped' }],
  needs: ['xml-answer'],
  fault: 'body-too-large',
} as const;

/** The text of `/metrics` after one exchange, with several workers. */
export async function metricsText(): Promise<string> {
  const metrics = createMetrics({ version: '', profile: '', members: new Set(), needs: [], inFlight: () => 0 });
  metrics.count(everything);
  metrics.setCertificate('callers', 0);
  metrics.showClouds(['region']);
  // The entries are those of the record.
  const none = Object.fromEntries(
    describedCapacities().map(([name, { isByRegion }]) => {
      const amount = isByRegion === true ? [{ region: 'region', value: 0 }] : 0;
      return [name, { used: () => amount, limit: () => amount }];
    }),
  );
  metrics.watch(none as Record<CapacityName, Capacity>);
  metrics.watchCounts({ keys: 0, others: 0 });
  const primary = createPrimaryMetrics(() => 0);
  primary.watchKeeper({ waiting: 0, lost: 0, failures: 0, lastStoredAt: 0 });
  return sumSnapshots([await metrics.snapshot(), await primary.snapshot()]).text();
}

/** The table of the gateway's own metrics. */
export async function metricsTable(): Promise<string> {
  const text = await metricsText();
  const found = text.matchAll(/^# HELP (gateway_\w+) (.+)\n# TYPE \w+ (\w+)\n\w+(?:\{(.*?)\})? /gm);
  return table(
    ['metric', 'kind', 'labels', 'meaning'],
    [...found].map(([, name = '', help = '', kind = '', labels = '']) => [
      code(name),
      kind,
      labelsOf(labels).map(code).join(', '),
      help,
    ]),
  );
}

/** The names of a series' labels, but for `le`, the upper bound of a histogram's bucket. */
function labelsOf(labels: string): string[] {
  return [...labels.matchAll(/(\w+)=/g)].flatMap(([, name = '']) => (name === 'le' ? [] : [name]));
}

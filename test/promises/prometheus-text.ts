import assert from 'node:assert/strict';

/** One line of figures. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with all its samples. */
export interface Family {
  readonly type: string;
  readonly samples: readonly Sample[];
}

const helpForm = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\]|\\[\\n])+$/;
const typeForm = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$/;
/** Numbers are those of Go's ParseFloat, which takes NaN in any case; prom-client writes Nan. */
const sampleForm = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([Nn]a[Nn]|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;
const labelForm = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(,|$)/y;

/** Read the text format of Prometheus, version 0.0.4, and assert each rule that it has. */
export function readPrometheus(text: string): ReadonlyMap<string, Family> {
  assert.ok(text.endsWith('\n'), 'the last line ends');
  const families = new Map<string, { type: string; samples: Sample[] }>();
  const seen = new Set<string>();
  let current = '';
  let helped = '';
  for (const line of text.split('\n').slice(0, -1)) {
    if (line === '') continue;
    if (line.startsWith('# HELP ')) {
      helped = helpForm.exec(line)?.[1] ?? '';
      assert.notEqual(helped, '', line);
      assert.ok(!families.has(helped), `${helped} comes twice`);
    } else if (line.startsWith('#')) {
      const [, name = '', type = ''] = typeForm.exec(line) ?? [];
      assert.ok(name !== '' && name === helped, `${line} follows its HELP`);
      current = name;
      families.set(name, { type, samples: [] });
    } else {
      const sample = readSample(line);
      const family = families.get(current);
      assert.ok(family !== undefined && belongs(sample.name, current, family.type), `${line} belongs to ${current}`);
      const key = seriesOf(sample);
      assert.ok(!seen.has(key), `${key} comes twice`);
      seen.add(key);
      family.samples.push(sample);
    }
  }
  for (const [name, family] of families) if (family.type === 'histogram') checkHistogram(name, family);
  return families;
}

/** A series by its name and labels. */
export function seriesOf({ name, labels }: Sample): string {
  return `${name}${JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
}

function readSample(line: string): Sample {
  const [, name = '', within = '', value = ''] = sampleForm.exec(line) ?? [];
  assert.notEqual(name, '', line);
  const labels: Record<string, string> = {};
  labelForm.lastIndex = 0;
  while (labelForm.lastIndex < within.length) {
    const [, label = '', content = ''] = labelForm.exec(within) ?? [];
    assert.ok(label !== '' && !Object.hasOwn(labels, label), line);
    labels[label] = content;
  }
  return { name, labels, value: Number(value.replace('Inf', 'Infinity')) };
}

function belongs(name: string, family: string, type: string): boolean {
  if (type !== 'histogram') return name === family;
  return ['_bucket', '_sum', '_count'].some((suffix) => name === family + suffix);
}

/** Buckets grow, the last one has no end, and it holds as many as are counted. */
function checkHistogram(name: string, { samples }: Family): void {
  const byLabels = Map.groupBy(samples, ({ labels: { le: _le, ...others } }) => JSON.stringify(others));
  for (const [labels, group] of byLabels) {
    const buckets = group.filter((sample) => sample.name === `${name}_bucket`);
    const ends = buckets.map((bucket) => (bucket.labels['le'] === '+Inf' ? Infinity : Number(bucket.labels['le'])));
    assert.deepEqual(
      ends,
      ends.toSorted((a, b) => a - b),
      `${name}${labels}`,
    );
    const counts = buckets.map(({ value }) => value);
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => a - b),
      `${name}${labels}`,
    );
    assert.equal(ends.at(-1), Infinity);
    assert.equal(counts.at(-1), group.find((sample) => sample.name === `${name}_count`)?.value);
    assert.ok(group.some((sample) => sample.name === `${name}_sum`));
  }
}

import assert from 'node:assert/strict';
import { STATUS_CODES } from 'node:http';
import { test } from 'node:test';
import { metricSeries } from '../../src/server/app/metric-series.ts';
import { loginSeries } from '../../src/observe/login-outcome.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { resourceOfCall } from '../../src/compute/call-names.ts';
import { identityRoutes } from '../../src/identity/routes.ts';
import { needPartsOf } from '../../src/need-reasons.ts';
import { namedSettings } from '../../src/config/named-settings.ts';
import { call } from '../support/http.ts';
import { startLiveCloud } from '../support/forwarding.ts';
import { startTestGateway } from '../support/gateway.ts';
import { readPrometheus, seriesOf, type Family } from './prometheus-text.ts';
import { seeded } from './soak/soak-calls.ts';
import { createWords, statusHeader, strangeShapes, type Words } from './strange-requests.ts';

const several = 20;
const strange = 1000;
const seed = 4711;

/** Checks for the values of labels. Any other value would let the number of series grow with the callers. */
const closed: Readonly<Record<string, (value: string) => boolean>> = {
  operation: (value) => operationNames.has(value),
  version: (value) => ['none', 'v1.1', 'v2', 'v2.1'].includes(value),
  media_in: isMedia,
  media_out: isMedia,
  status: (value) => value === 'other' || value === '499' || Object.hasOwn(STATUS_CODES, value),
  family: (value) => ['caller', 'limit', 'cloud', 'gateway'].includes(value),
  member: (value) => value === 'other' || metricSeries.members.has(value),
  outcome: (value) => ['dropped', 'mapped', 'rewritten', 'replaced', ...loginOutcomes].includes(value),
  form: (value) => forms.has(value),
  breaks: (value) => value === 'true' || value === 'false',
  reason: (value) => isNeed(value) || /^(?:present-)?[a-z]+(?:-[a-z]+)*$/.test(value.replace(settingName, 'setting')),
  limit: (value) => /^[a-z]+(?:-[a-z]+)*$/.test(value.replace(settingName, 'setting')),
  by: (value) => ['brownout', 'rule'].includes(value),
  le: (value) => value === '+Inf' || Number(value) <= 120,
};
const operationNames = new Set([
  'forwarded',
  'none',
  ...operations.map(({ name }) => name),
  ...identityRoutes.map(({ call: name }) => name),
]);
const forms = new Set(loginSeries.map(([form]) => form));
const loginOutcomes = [...new Set(loginSeries.map(([, , outcome]) => outcome ?? ''))];
const settingName = new RegExp(namedSettings.map(({ path }) => RegExp.escape(path.join('.'))).join('|'));

function isNeed(value: string): boolean {
  const { kind, about } = needPartsOf(value) ?? {};
  if (kind === 'withdrawn') return about === 'other' || resourceOfCall(`/v2/demo/${about}`) === about;
  return kind !== undefined && (about === undefined || metricSeries.members.has(about));
}

function isMedia(value: string): boolean {
  return /^(?:none|(?:application|text)\/(?:xml|json|atom\+xml|vnd\.openstack\.compute\+(?:xml|json)))$/.test(value);
}

/** The series of the gateway's own, and all but those of what node happens to hold. */
function seriesIn(families: ReadonlyMap<string, Family>): string[] {
  return [...families]
    .filter(([name]) => !name.startsWith('nodejs_active_') && !name.startsWith('nodejs_gc_'))
    .flatMap(([, { samples }]) => samples.map(seriesOf))
    .toSorted();
}

async function play(url: string, words: Words, count: number): Promise<void> {
  for (let from = 0; from < count; from += several) {
    const some = Array.from(
      { length: Math.min(several, count - from) },
      (_, index) => strangeShapes[(from + index) % strangeShapes.length],
    );
    await Promise.all(some.map(async (shape) => shape && call(url, shape(words))));
  }
}

// Guards: members.has(name), statuses.has(status) and `?? 'none'` in src/observe/metrics.ts; readMediaType and router.ts, whose values are few.
test(`a thousand strange requests add no series and leave no word of theirs in the text`, async () => {
  const words = createWords(seeded(seed));
  const cloud = await startLiveCloud((request, response) => {
    request.resume().once('end', () => {
      const status = Number(request.headers[statusHeader] ?? 200);
      const fault = { [words.next()]: { code: status, message: words.next() } };
      response.setHeader('X-Compute-Request-Id', words.next());
      response.setHeader('Content-Type', 'application/json');
      const document = status >= 400 ? fault : { server: { id: words.next(), links: [] }, [words.next()]: 1 };
      response.writeHead(status).end(status === 204 ? '' : JSON.stringify(document));
    });
  });
  const gateway = await startTestGateway(cloud.url);
  let sent = 0;
  const scrape = async (): Promise<string> => {
    await gateway.logged('exchange', sent);
    return (await call(gateway.adminUrl, { method: 'GET', path: '/metrics' })).body;
  };
  try {
    // Each of the statuses that a shape may get comes in these; of one there are 7.
    const warmUp = strangeShapes.length * 60;
    await play(gateway.url, words, (sent += warmUp));
    const before = seriesIn(readPrometheus(await scrape()));
    await play(gateway.url, words, strange);
    sent += strange;
    const text = await scrape();
    const families = readPrometheus(text);
    assert.deepEqual(seriesIn(families), before);
    assert.ok(before.length > 100 && before.length < 3000, `${before.length} series`);
    const { samples = [] } = families.get('gateway_exchanges_total') ?? {};
    assert.equal(
      samples.reduce((sum, { value }) => sum + value, 0),
      sent,
    );
    for (const [name, family] of families) {
      if (!name.startsWith('gateway_') || name === 'gateway_build_info') continue;
      for (const { labels } of family.samples) {
        for (const [label, value] of Object.entries(labels))
          assert.ok(closed[label]?.(value), `${name} ${label}=${value}`);
      }
    }
    assert.ok(words.all.length > 5 * strange);
    for (const word of words.all) assert.ok(!text.includes(word), word);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
});

import assert from 'node:assert/strict';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import { startTestGateway } from '../support/gateway.ts';
import { readPrometheus, type Family } from './prometheus-text.ts';
import { startSoakCloud, troubleHeader, type SoakCloud, type Trouble } from './soak/soak-cloud.ts';

/** A gateway, its cloud that fails on demand, and its metrics. */
export interface Metered {
  readonly cloud: SoakCloud;
  readonly url: string;
  readonly adminUrl: string;
  /** Sends a request; the cloud answers it in trouble, if any. */
  readonly play: (request: TestRequest, trouble?: Trouble) => Promise<TestAnswer>;
  /** The metrics, when each exchange that was played has been counted. */
  readonly text: () => Promise<string>;
  readonly metrics: () => Promise<ReadonlyMap<string, Family>>;
  /** The sum of a metric for these labels, 0 without any. */
  readonly counted: (name: string, labels: Readonly<Record<string, string>>) => Promise<number>;
}

/** Play with a gateway that is measured, and end it. */
export async function withMetered(
  play: (metered: Metered) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const cloud = await startSoakCloud();
  const gateway = await startTestGateway(cloud.url, { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '1500', ...settings });
  try {
    const { url, adminUrl } = gateway;
    let sent = 0;
    const text = async (): Promise<string> => {
      if (sent > 0) await gateway.logged('exchange', sent);
      const answer = await call(adminUrl, { method: 'GET', path: '/metrics' });
      assert.equal(answer.status, 200);
      return answer.body;
    };
    const metrics = async (): Promise<ReadonlyMap<string, Family>> => readPrometheus(await text());
    await play({
      cloud,
      url,
      adminUrl,
      play: ({ headers, ...request }, trouble = 'none') => {
        sent += 1;
        return call(url, { ...request, headers: { ...headers, [troubleHeader]: trouble } });
      },
      text,
      metrics,
      counted: async (name, labels) => {
        const family = (await metrics()).get(name.replace(/_(?:count|sum|bucket)$/, ''));
        return (family?.samples ?? [])
          .filter(
            (sample) =>
              sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
          )
          .reduce((sum, { value }) => sum + value, 0);
      },
    });
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

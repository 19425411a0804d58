import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BenchCloud } from '../../bench/cloud/bench-cloud.ts';
import { startNodeCloud } from '../../bench/cloud/node-cloud.ts';
import { expectations } from '../../bench/short-expectations.ts';
import { comparisons } from '../../bench/workloads/comparisons.ts';
import { probe } from '../../bench/workloads/probe.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let cloud: BenchCloud;
let gateway: TestGateway;

before(async () => {
  cloud = await startNodeCloud(undefined);
  gateway = await startTestGateway(cloud.url, {
    GATEWAY_UPSTREAM_PROFILE: 'nova',
    GATEWAY_REQUEST_MAX_BYTES: '4194304',
    GATEWAY_PERSONALITY_MAX_CONTENTS_CHARACTERS: '4194304',
  });
});
after(async () => {
  await gateway.stop();
  await cloud.stop();
});

test('the cloud and the gateway respond correctly to every workload of the benchmarks', async () => {
  for (const { passed, byGateway } of comparisons) {
    await probe(cloud.url, passed);
    for (const workload of Object.values(byGateway)) await probe(gateway.url, workload);
  }
});

test('a wrong response fails the probe', async () => {
  const [first] = comparisons;
  assert.ok(first);
  const wrong = { ...first.passed, expected: { ...first.passed.expected, status: 200 } };
  await assert.rejects(probe(cloud.url, wrong), /was answered 202/);
});

test('each expectation of bench:short names a comparison', () => {
  for (const { comparison, task } of expectations) {
    assert.ok(comparisons.find(({ name }) => name === comparison)?.byGateway[task], comparison);
  }
});

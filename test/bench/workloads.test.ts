import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BenchCloud } from '../../bench/cloud/bench-cloud.ts';
import { startNodeCloud } from '../../bench/cloud/node-cloud.ts';
import { comparisons } from '../../bench/workloads/comparisons.ts';
import { probe } from '../../bench/workloads/probe.ts';
import { expectations } from '../../bench/short-expectations.ts';
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

test('everything that the benchmarks measure is answered as it must be', async () => {
  for (const { passed, byGateway } of comparisons) {
    await probe(cloud.url, passed);
    for (const exchange of Object.values(byGateway)) await probe(gateway.url, exchange);
  }
});

test('a wrong answer is no figure', async () => {
  const [first] = comparisons;
  assert.ok(first);
  const wrong = { ...first.passed, answer: { ...first.passed.answer, status: 200 } };
  await assert.rejects(probe(cloud.url, wrong), /was answered 202/);
});

test('what bench:short expects is something that is compared', () => {
  for (const { comparison, does } of expectations) {
    assert.ok(comparisons.find(({ name }) => name === comparison)?.byGateway[does], comparison);
  }
});

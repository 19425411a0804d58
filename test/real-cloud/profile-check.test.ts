// Holds src/http/cloud/profile-check.ts before what a real Nova answers to the question for its versions.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { startRealCloud, whyNoRealCloud, type RealCloud } from './start-real-cloud.ts';

const event = 'the profile does not fit the versions of the cloud';

describe('a real Nova with Keystone', { skip: whyNoRealCloud('keystone', 'glance') }, () => {
  let cloud: RealCloud;
  before(async () => {
    cloud = await startRealCloud({ auth: 'keystone' });
  });
  after(() => cloud.stop());

  for (const [profile, expected] of [
    ['ecs', ['your profile is ecs: set upstream.profile=nova']],
    ['nova', []],
  ] as const) {
    test(`behind the profile ${profile} is ${expected.length === 0 ? 'not warned of' : 'warned of once'}`, async () => {
      const gateway = await startTestGateway(cloud.endpoint, {
        GATEWAY_UPSTREAM_PROFILE: profile,
        GATEWAY_UPSTREAM_LEGACY_PATH: 'auto',
      });
      try {
        const headers = { 'X-Auth-Token': cloud.tokens.member, Accept: 'application/xml' };
        // A translated call, one that is forwarded, and one that waits for the legacy path.
        for (const path of [
          `v2/${cloud.projectId}/servers`,
          'v2.1/os-server-groups',
          `v2/${cloud.projectId}/os-aggregates`,
        ])
          await call(gateway.url, { method: 'GET', path: `/${path}`, headers });
        await until(async () => {
          const { body } = await call(gateway.adminUrl, { method: 'GET', path: '/metrics' });
          return new RegExp(`^gateway_upstream_profile_fits ${1 - expected.length}$`, 'm').test(body);
        }, 'no judgement');
        const lines = gateway.log.filter((line) => line.event === event);
        assert.deepEqual(
          lines.map(({ level, fields }) => [level, fields['advice']]),
          expected.map((advice) => ['warn', advice]),
        );
        for (const { fields } of lines) assert.match(String(fields['seen']), /^This is a Nova up to 2\.\d+$/);
      } finally {
        await gateway.stop();
      }
    });
  }
});

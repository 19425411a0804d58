import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { reach } from '../process/run-reach.ts';
import { runsOldClients } from './login/old-clients.ts';
import { replaysLogins } from './login/replay.ts';
import { startLoginScene, type LoginScene } from './login/login-scene.ts';
import { whyNoRealCloud } from './start-real-cloud.ts';

describe(
  'login at a real Keystone, Nova and Glance',
  { skip: whyNoRealCloud('keystone', 'glance', 'libcloud') },
  () => {
    let scene: LoginScene;
    before(async () => {
      scene = await startLoginScene();
    });
    after(() => scene.stop());

    test('--check --reach finds its Identity v3', async () => {
      const { code, lines, stderr } = await reach({
        GATEWAY_UPSTREAM_URL: scene.cloud.endpoint,
        GATEWAY_UPSTREAM_PROFILE: 'nova',
        GATEWAY_IDENTITY_URL: scene.cloud.authUrl?.replace(/\/v3$/, '') ?? '',
      });
      assert.equal(code, 0, stderr);
      assert.equal(lines.at(-1), 'ok      identity  This is Identity v3.14.');
    });

    runsOldClients(() => scene);
    replaysLogins(() => scene);
  },
);

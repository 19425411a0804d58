import { after, before, describe } from 'node:test';
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

    runsOldClients(() => scene);
    replaysLogins(() => scene);
  },
);

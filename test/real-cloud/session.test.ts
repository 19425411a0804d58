import { after, before, describe } from 'node:test';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { actsOnAServer } from './session/actions.ts';
import { looksAfterTheCloud } from './session/administration.ts';
import { looksAround } from './session/catalogue.ts';
import { takesSnapshots } from './session/images.ts';
import { speaksJson } from './session/json.ts';
import { makesKeypairs } from './session/keypairs.ts';
import { livesAServersLife } from './session/life.ts';
import { meetsTheNeighbours } from './session/neighbours.ts';
import { startRealCloud, whyNoRealCloud, type RealCloud } from './start-real-cloud.ts';
import { openSession, type XmlSession } from './xml-session.ts';

describe(
  'a client of 2012 at a real Nova with Keystone and Glance',
  { skip: whyNoRealCloud('keystone', 'glance') },
  () => {
    let cloud: RealCloud;
    let gateway: TestGateway;
    const open = (): XmlSession => openSession(gateway, cloud);

    before(async () => {
      // A delay makes the states between visible.
      cloud = await startRealCloud({ auth: 'keystone', delaySeconds: 0.5 });
      gateway = await startTestGateway(cloud.endpoint, { GATEWAY_UPSTREAM_PROFILE: 'nova' });
    });
    after(async () => {
      await gateway.stop();
      await cloud.stop();
    });

    looksAround(open);
    makesKeypairs(open);
    livesAServersLife(open);
    actsOnAServer(open);
    takesSnapshots(open);
    meetsTheNeighbours(open);
    looksAfterTheCloud(open);
    speaksJson(open);
  },
);

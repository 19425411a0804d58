import type { TestContext } from 'node:test';
import type { CloudKind } from '../../examples/embedded-cloud/state/cloud-profiles.ts';
import { IMAGE, REBUILD_MS, send, startScene } from './cloud-caller.ts';
import type { SessionCloud } from './session-steps.ts';

/** Start an embedded cloud for a session; its tasks end when the session waits for them. */
export async function openEmbeddedSession(test: TestContext, kind: CloudKind = 'nova'): Promise<SessionCloud> {
  const { cloud, clock } = await startScene(test, kind);
  const [flavor, larger] = kind === 'nova' ? ['1', '2'] : ['s3.xlarge.1', 's3.2xlarge.1'];
  return {
    names: {
      image: '155d900f-4e14-4e4c-a73d-069cbf4541e6',
      other: IMAGE,
      network: '443dd9e3-c165-4764-ad92-b17fcf12a3eb',
      project: cloud.project,
      flavor: flavor ?? '',
      larger: larger ?? '',
    },
    send: ({ method, path, body, minor = 1 }) =>
      send(cloud, {
        method,
        path: path.startsWith('/') ? path : `/v2.1/${cloud.project}/${path}`,
        headers: { 'OpenStack-API-Version': `compute 2.${minor}` },
        body,
      }),
    settle: () => {
      clock.now += REBUILD_MS;
      return Promise.resolve();
    },
  };
}

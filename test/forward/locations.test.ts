import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';

/** The cloud's Location with its own URL, and the one that the caller receives, with the gateway's. */
interface Sending {
  readonly status: number;
  readonly asked?: string;
  readonly said: (cloud: string) => string;
  readonly read: (gateway: string, cloud: string) => string;
  /** The path in front of the version at the cloud. */
  readonly prefix?: string;
}

const sendings: Readonly<Record<string, Sending>> = {
  'a new resource at the cloud is one at the gateway, in the version of the caller': {
    status: 201,
    said: (cloud) => `${cloud}/v2.1/p/os-gadgets/7`,
    read: (gateway) => `${gateway}/v2/p/os-gadgets/7`,
  },
  'an accepted request at the cloud is one at the gateway': {
    status: 202,
    asked: '/v2.1/p/os-gadgets',
    said: (cloud) => `${cloud}/v2.1/p/os-gadgets/7?x=1`,
    read: (gateway) => `${gateway}/v2.1/p/os-gadgets/7?x=1`,
  },
  'a cloud behind a path has that path taken away': {
    status: 201,
    prefix: '/compute',
    said: (cloud) => `${cloud}/compute/v2.1/p/os-gadgets/7`,
    read: (gateway) => `${gateway}/v2/p/os-gadgets/7`,
  },
  'a cloud that does not know its own name is the gateway': {
    status: 202,
    asked: '/v1.1/p/os-gadgets',
    said: () => 'https://None/v2.1/p/os-gadgets/7',
    read: (gateway) => `${gateway}/v1.1/p/os-gadgets/7`,
  },
  'a name of the cloud that the gateway does not know is the gateway': {
    status: 201,
    said: () => 'http://inside.example:8774/v2.1/p/os-gadgets/7',
    read: (gateway) => `${gateway}/v2/p/os-gadgets/7`,
  },
  'a path is one at the gateway': {
    status: 201,
    said: () => '/v2.1/p/os-gadgets/7',
    read: (gateway) => `${gateway}/v2/p/os-gadgets/7`,
  },
  'what is no URL is left alone': { status: 201, said: () => 'os-gadgets/7', read: () => 'os-gadgets/7' },
  ...Object.fromEntries(
    [300, 301, 302, 303, 307, 308].flatMap((status): [string, Sending][] => [
      [
        `${status} to the cloud itself leads to the gateway`,
        {
          status,
          said: (cloud) => `${cloud}/v2.1/p/os-gadgets/`,
          read: (gateway) => `${gateway}/v2/p/os-gadgets/`,
        },
      ],
      [
        `${status} to a path leads to the gateway`,
        { status, said: () => '/v2/p/os-gadgets/', read: (gateway) => `${gateway}/v2/p/os-gadgets/` },
      ],
      [
        `${status} to elsewhere stays`,
        {
          status,
          said: () => 'https://elsewhere.example/v2.1/p/os-gadgets/',
          read: () => 'https://elsewhere.example/v2.1/p/os-gadgets/',
        },
      ],
      [
        `${status} to another port of the cloud's host stays`,
        { status, said: () => 'http://127.0.0.1:1/v2.1/x', read: () => 'http://127.0.0.1:1/v2.1/x' },
      ],
    ]),
  ),
};

describe('Location of a forwarded answer leads to the gateway, unless the cloud sends the caller away', () => {
  for (const [what, { status, asked = '/v2/p/os-gadgets', said, read, prefix = '' }] of Object.entries(sendings)) {
    for (const [how, own] of Object.entries({ Host: undefined, 'the setting': 'https://compute.example.com' })) {
      test(`${what} (the gateway's name by ${how})`, async () => {
        const cloud = await startScriptedCloud();
        const settings = own === undefined ? undefined : { GATEWAY_PUBLIC_URL: own };
        const gateway = await startTestGateway(cloud.url + prefix, settings);
        try {
          cloud.script({ status, headers: { Location: said(cloud.url) }, body: 'said' });
          const answer = await call(gateway.url, { method: 'PATCH', path: asked });
          assert.equal(answer.status, status);
          assert.equal(answer.body, 'said');
          assert.equal(answer.headers['location'], read(own ?? gateway.url, cloud.url));
          assert.equal(cloud.received.length, 1, 'requests');
        } finally {
          await gateway.stop();
          await cloud.stop();
        }
      });
    }
  }

  test('an answer without Location has none', async () => {
    const cloud = await startScriptedCloud({ status: 201 });
    const gateway = await startTestGateway(cloud.url);
    try {
      const answer = await call(gateway.url, { method: 'PATCH', path: '/v2/p/os-gadgets' });
      assert.equal(answer.headers['location'], undefined);
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});

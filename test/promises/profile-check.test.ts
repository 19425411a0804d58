// Holds src/http/cloud/profile-check.ts and versions-reader.ts: a profile that does not fit the cloud is warned of once, beside
// the exchanges, whatever the cloud answers to that question.
import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedCloud } from '../../examples/embedded-cloud/embedded-cloud.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createProfileCheck } from '../../src/http/cloud/profile-check.ts';
import type { CloudAnswer } from '../../src/upstream/cloud-answer.ts';
import type { ProfileVerdict } from '../../src/upstream/profile-verdict.ts';
import { drained, startLiveCloud, type LiveCloud } from '../support/forwarding.ts';
import { startTestGateway, type LogLine, type TestGateway } from '../support/gateway.ts';
import { call, type TestRequest } from '../support/http.ts';
import { inTime, until } from '../support/in-time.ts';
import { rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { startRecordingProxy } from '../support/recording-proxy.ts';
import { testSettings } from '../support/settings.ts';
import { readPrometheus } from './prometheus-text.ts';

const event = 'the profile does not fit the versions of the cloud';
const auto = { GATEWAY_UPSTREAM_LEGACY_PATH: 'auto' };
const zed = JSON.stringify({
  versions: [
    { id: 'v2.0', version: '' },
    { id: 'v2.1', version: '2.93', note: 'canary of the cloud' },
  ],
});
const json = { 'Content-Type': 'application/json' };

const warnings = ({ log }: Pick<TestGateway, 'log'>): readonly LogLine[] => log.filter((line) => line.event === event);

async function fits({ adminUrl }: Pick<TestGateway, 'adminUrl'>): Promise<number | undefined> {
  const { body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
  return readPrometheus(body).get('gateway_upstream_profile_fits')?.samples[0]?.value;
}

/** A rebuild, and forwarded requests of both clients, with credentials that only the cloud of the exchange may see. */
const credentials = { 'X-Auth-Token': 'canary-token', Cookie: 'canary=cookie', Authorization: 'Bearer canary' };
const roads: Readonly<Record<string, TestRequest>> = {
  translated: rebuildRequest('xml'),
  'sent whole': { method: 'GET', path: '/v2.1/os-gadgets' },
  streamed: { method: 'DELETE', path: '/v2.1/os-gadgets/1' },
};
const withCredentials = (request: TestRequest): TestRequest => ({
  ...request,
  headers: { ...request.headers, ...credentials },
});

type Answering = (response: ServerResponse, request: IncomingMessage) => void;

interface Playing {
  readonly cloud: LiveCloud;
  readonly gateway: TestGateway;
  /** The questions for versions that the cloud received. */
  readonly questions: () => readonly IncomingMessage[];
}

function isQuestion({ method, url = '' }: IncomingMessage): boolean {
  return method === 'GET' && ['/', '/v2/', '/v2.1/'].includes(url);
}

/** Play with a gateway whose cloud answers each question for its versions so, and every other request in order. */
async function withQuestions(
  answer: Answering,
  play: (playing: Playing) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const cloud = await startLiveCloud((request, response) => {
    if (isQuestion(request)) answer(response, request);
    else
      void drained(request).then(
        () => response.writeHead(202, json).end(serverDocument),
        () => undefined,
      );
  });
  const gateway = await startTestGateway(cloud.url, { ...auto, ...settings });
  try {
    await play({ cloud, gateway, questions: () => cloud.received.filter(isQuestion) });
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

const send =
  (status: number, body: string | Buffer, headers: Readonly<Record<string, string>> = json): Answering =>
  (response) =>
    void response.writeHead(status, headers).end(body);

describe('a profile that does not fit is warned of at the first contact', () => {
  for (const [road, request] of Object.entries(roads)) {
    test(`once, with what would fit: ${road}`, () =>
      withQuestions(send(200, zed), async ({ gateway, questions }) => {
        assert.ok(Number.isNaN(await fits(gateway)));
        await call(gateway.url, withCredentials(request));
        await gateway.logged(event, 1);
        for (let n = 0; n < 3; n += 1) await call(gateway.url, withCredentials(request));
        assert.deepEqual(warnings(gateway), [
          {
            event,
            level: 'warn',
            fields: {
              profile: 'ecs',
              seen: 'This is a Nova up to 2.93',
              advice: 'your profile is ecs: set upstream.profile=nova',
            },
          },
        ]);
        assert.equal(await fits(gateway), 0);
        // The root is enough, and the question has no field of a caller.
        assert.deepEqual(
          questions().map(({ method, url, headers }) => [method, url, Object.keys(headers).toSorted()]),
          [['GET', '/', ['accept', 'accept-encoding', 'connection', 'host', 'via']]],
        );
      }));
  }

  for (const [kind, profile, lines] of [
    ['nova', 'ecs', 1],
    ['nova', 'nova', 0],
    ['ecs', 'ecs', 0],
    ['ecs', 'nova', 0],
  ] as const) {
    test(`${lines} times with profile ${profile} before the embedded cloud of kind ${kind}`, async () => {
      const cloud = await startEmbeddedCloud({ kind });
      const gateway = await startTestGateway(cloud.url, { ...auto, GATEWAY_UPSTREAM_PROFILE: profile });
      try {
        await call(gateway.url, { method: 'GET', path: '/v2/p/servers' });
        await until(async () => !Number.isNaN(await fits(gateway)), 'no judgement');
        assert.equal(await fits(gateway), 1 - lines);
        assert.equal(warnings(gateway).length, lines);
      } finally {
        await gateway.stop();
        await cloud.close();
      }
    });
  }

  test('through a proxy as every request', async () => {
    const cloud = await startLiveCloud((request, response) =>
      request.url === '/' ? send(200, zed)(response, request) : send(200, '{}')(response, request),
    );
    const proxy = await startRecordingProxy(cloud.url);
    const gateway = await startTestGateway('http://cloud.invalid', { ...auto, GATEWAY_UPSTREAM_PROXY: proxy.url });
    try {
      await call(gateway.url, { method: 'GET', path: '/v2.1/os-gadgets' });
      await gateway.logged(event, 1);
      assert.deepEqual(
        proxy.calls.map(({ line }) => line),
        ['GET http://cloud.invalid/v2.1/os-gadgets', 'GET http://cloud.invalid/'],
      );
    } finally {
      await gateway.stop();
      await proxy.stop();
      await cloud.stop();
    }
  });

  test('and a forwarded call that waits for /v2 shares its question', () =>
    withQuestions(send(200, zed), async ({ cloud, gateway }) => {
      for (let n = 0; n < 2; n += 1) await call(gateway.url, { method: 'GET', path: '/v2/p/os-gadgets' });
      await gateway.logged(event, 1);
      assert.deepEqual(
        cloud.received.map(({ url }) => url),
        ['/', '/v2/', '/v2/p/os-gadgets', '/v2/p/os-gadgets'],
      );
    }));

  test('and after a reload with another profile the cloud is asked anew', () =>
    withQuestions(send(200, zed), async ({ gateway }) => {
      await call(gateway.url, { method: 'GET', path: '/v2.1/os-gadgets' });
      await gateway.logged(event, 1);
      assert.equal(await fits(gateway), 0);
      assert.ok(gateway.reload({ GATEWAY_UPSTREAM_PROFILE: 'nova' }));
      assert.ok(Number.isNaN(await fits(gateway)), 'nothing is known of it');
      await call(gateway.url, { method: 'GET', path: '/v2.1/os-gadgets' });
      await until(async () => (await fits(gateway)) === 1, 'no judgement');
      assert.equal(warnings(gateway).length, 1);
    }));

  for (const legacyPath of ['v2', 'v2.1']) {
    test(`unless upstream.legacyPath is ${legacyPath}: then the gateway asks nothing of its own`, () =>
      withQuestions(
        send(200, zed),
        async ({ gateway, questions }) => {
          for (const request of Object.values(roads)) await call(gateway.url, request);
          await gateway.logged('exchange', 3);
          assert.deepEqual([questions().length, warnings(gateway).length], [0, 0]);
          assert.ok(Number.isNaN(await fits(gateway)));
        },
        { GATEWAY_UPSTREAM_LEGACY_PATH: legacyPath },
      ));
  }

  test('and not before the cloud has answered an exchange', () =>
    withQuestions(send(200, zed), async ({ gateway, cloud, questions }) => {
      cloud.received.length = 0;
      assert.equal((await call(gateway.url, rebuildRequest('xml', '<rebuild'))).status, 400);
      await gateway.logged('exchange', 1);
      assert.equal(questions().length, 0);
    }));
});

/** Answers to the question: what happens, its answer, the lines of the log, and the end of the advice. */
const answers: readonly (readonly [string, Answering, RegExp | undefined])[] = [
  ['is silent', () => undefined, undefined],
  ['breaks off', (response) => void response.destroy(), undefined],
  [
    'breaks off in the body',
    (response) => void response.writeHead(200, { 'Content-Length': '900' }).write('{"ver', () => response.destroy()),
    undefined,
  ],
  ['has no HTTP', (response) => void response.socket?.end('SSH-2.0-canary of the cloud\r\n'), undefined],
  ['fails', send(503, '{"canary of the cloud": 1}'), undefined],
  ['answers HTML', send(200, '<html>canary of the cloud</html>', { 'Content-Type': 'text/html' }), /compute API/],
  ['answers 16 MB', send(200, zed.replace('canary', 'canary'.repeat(2_800_000))), /compute API/],
  ['answers 64 KB of brackets', send(200, '['.repeat(65_000)), /compute API/],
  [
    'redirects to another host',
    send(302, '', { Location: 'http://canary.of.the.cloud.invalid/' }),
    /set upstream\.url to the URL/,
  ],
  ['redirects to itself', send(301, '', { Location: '/' }), /set upstream\.url to the URL/],
];

describe('no exchange waits for the question, and none fails, where the cloud', { concurrency: true }, () => {
  for (const [what, answer, advice] of answers) {
    test(what, () => {
      let release: (() => void) | undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      let ended = 0;
      const held: Answering = (response, request) => {
        request.socket.once('close', () => (ended += 1));
        void released.then(() => answer(response, request));
      };
      return withQuestions(
        held,
        async ({ cloud, gateway, questions }) => {
          // One connection for translated requests, which the question must not use.
          for (const request of [...Object.values(roads), ...Object.values(roads)])
            assert.equal((await call(gateway.url, withCredentials(request))).status, 202);
          await until(() => questions().length === 1, 'no question');
          assert.equal(warnings(gateway).length, 0, 'the question has no answer yet');
          release?.();
          if (advice === undefined) await until(() => ended > 0, 'the question has no end');
          else await gateway.logged(event, 1);
          for (const request of Object.values(roads))
            assert.equal((await call(gateway.url, withCredentials(request))).status, 202);
          await gateway.logged('exchange', 9);
          const lines = warnings(gateway);
          assert.equal(lines.length, advice === undefined ? 0 : 1);
          if (advice !== undefined) assert.match(String(lines[0]?.fields['advice']), advice);
          // A GET is sent again, once, if the cloud closes an idle connection instead of answering it.
          assert.ok(cloud.received.length <= 9 + 4, 'two questions at most');
          for (const { headers } of questions()) assert.doesNotMatch(JSON.stringify(headers), /canary/);
          assert.doesNotMatch(JSON.stringify(gateway.log), /canary/);
          assert.deepEqual(
            gateway.log.filter(({ level, event: said }) => level !== 'info' && said !== event),
            [],
          );
        },
        { GATEWAY_UPSTREAM_CONNECTIONS: '1' },
      );
    });
  }

  test('never answers it before the shutdown, which does not wait either', async () => {
    const cloud = await startLiveCloud((request, response) => {
      if (request.url !== '/') send(200, '{}')(response, request);
    });
    const gateway = await startTestGateway(cloud.url, { ...auto, GATEWAY_SHUTDOWN_TIMEOUT_MS: '60000' });
    try {
      await call(gateway.url, { method: 'GET', path: '/v2.1/os-gadgets' });
      await until(() => cloud.received.length === 2, 'no question');
      const socket = cloud.received[1]?.socket;
      await inTime(gateway.stop(), 'no end');
      await until(() => socket?.destroyed === true, 'the question goes on');
    } finally {
      await cloud.stop();
    }
  });
});

describe('the check of the profile', () => {
  const { upstream } = loadConfig({ ...testSettings, ...auto });

  test('asks again only after some minutes, and never after a judgement', async (t) => {
    let now = 1_000_000;
    t.mock.method(performance, 'now', () => now);
    const asked: string[] = [];
    const verdicts: ProfileVerdict[] = [];
    let answer: CloudAnswer | undefined;
    const check = createProfileCheck(
      upstream,
      (path) => {
        asked.push(path);
        return answer === undefined ? Promise.reject(new Error('no answer')) : Promise.resolve(answer);
      },
      (verdict) => void verdicts.push(verdict),
      0,
    );
    const checkAt = async (ms: number): Promise<readonly string[]> => {
      now = 1_000_000 + ms;
      asked.length = 0;
      check();
      await sleep(20);
      return [...asked];
    };
    assert.deepEqual(await checkAt(0), ['/', '/v2.1/']);
    assert.deepEqual(await checkAt(299_999), []);
    answer = { status: 503, headers: {}, body: Buffer.from('{}') };
    assert.deepEqual(await checkAt(300_000), ['/', '/v2.1/'], 'a failing cloud says nothing of the profile');
    assert.deepEqual(await checkAt(599_999), []);
    assert.deepEqual(verdicts, []);
    answer = { status: 200, headers: {}, body: Buffer.from(zed) };
    assert.deepEqual(await checkAt(600_000), ['/']);
    assert.deepEqual(await checkAt(86_400_000), []);
    assert.deepEqual(
      verdicts.map(({ fits: isFit }) => isFit),
      [false],
    );
  });
});

import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { between } from '../support/forwarding.ts';
import type { TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import { createChanges } from '../support/changes.ts';
import { inTime } from '../support/in-time.ts';
import { plainRebuild, rebuildRequest, serverDocument } from '../support/rebuild-call.ts';

/* The guards: src/http/exchange/fair-share/; src/server/app/turns.ts. */

const server = '0f1e2d3c-4b5a-4697-8877-665544332211';
const trusting = { GATEWAY_TRUSTED_PROXIES: 'loopback' };
/** Four turns, of which one account may hold two, and a queue of eight, of which it may hold four. */
const fourTurns = {
  ...trusting,
  GATEWAY_EXCHANGES_MAX: '4',
  GATEWAY_EXCHANGES_MAX_WAITING: '8',
  GATEWAY_PROJECTS_MAX_SHARE: '50',
};

interface Caller {
  readonly project: string;
  readonly token: string;
  readonly address: string;
}

/** A cloud that holds requests with the header field `X-Hold`, and refuses tokens that begin with `bad`. */
function holdingCloud() {
  const held: (() => void)[] = [];
  const { changed, until } = createChanges();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    const isBad = String(request.headers['x-auth-token']).startsWith('bad');
    const answer = (): void =>
      void response
        .writeHead(isBad ? 401 : 202, { 'Content-Type': 'application/json' })
        .end(isBad ? '{}' : serverDocument);
    if (request.headers['x-hold'] === undefined) return answer();
    held.push(answer);
    changed();
  };
  const holds = (count: number): Promise<void> =>
    inTime(
      until(() => held.length >= count),
      `the cloud does not hold ${count} requests`,
    );
  return { handle, held, holds };
}

const roads: Readonly<Record<string, (caller: Caller) => TestRequest>> = {
  translated: ({ project }) => ({
    ...rebuildRequest('xml', plainRebuild.xml),
    path: `/v2/${project}/servers/${server}/action`,
  }),
  forwarded: ({ project }) => ({ method: 'PUT', path: `/v2.1/${project}/os-gadgets`, body: '{}' }),
};

for (const [road, requestOf] of Object.entries(roads)) {
  const send = (gateway: TestGateway, caller: Caller, isHeld = false): Promise<TestAnswer> => {
    const request = requestOf(caller);
    const headers = {
      ...request.headers,
      'X-Auth-Token': caller.token,
      'X-Forwarded-For': caller.address,
      ...(isHeld && { 'X-Hold': 'yes' }),
    };
    return call(gateway.url, { ...request, headers });
  };
  const many = (gateway: TestGateway, caller: Caller, count: number): Promise<TestAnswer>[] =>
    Array.from({ length: count }, () => send(gateway, caller, true));
  /** Send one request, so that the cloud has accepted the token. */
  const prove = async (gateway: TestGateway, caller: Caller): Promise<void> => {
    const lines = gateway.log.filter(({ event }) => event === 'exchange').length;
    assert.equal((await send(gateway, caller)).status, 202);
    await gateway.logged('exchange', lines + 1);
  };
  const limitStatus = road === 'translated' ? 413 : 429;

  describe(`turns are shared by project, ${road}`, () => {
    const hog: Caller = { project: 'hog', token: 'hogs', address: '192.0.2.1' };
    const quiet: Caller = { project: 'quiet', token: 'quiets', address: '192.0.2.2' };

    test('a project that sends without end holds its share, and the rest is refused as overLimit or waits', async () => {
      const cloud = holdingCloud();
      await between(
        cloud.handle,
        async (gateway) => {
          await prove(gateway, hog);
          await prove(gateway, quiet);
          const answers = many(gateway, hog, 12);
          await cloud.holds(2);
          const refused = await inTime(Promise.race(answers));
          assert.equal(refused.status, limitStatus);
          assert.equal(refused.headers['retry-after'], '1');
          assert.match(refused.body, /overLimit.*Nothing was sent to the cloud/s);
          for (let n = 0; n < 10; n += 1) assert.equal((await inTime(send(gateway, quiet))).status, 202);
          assert.equal(cloud.held.length, 2);
          let left = 6;
          for (; left > 0; left -= 1) {
            await cloud.holds(1);
            cloud.held.shift()?.();
          }
          const statuses = (await Promise.all(answers)).map(({ status }) => status).toSorted((a, b) => a - b);
          assert.deepEqual(statuses, [...Array(6).fill(202), ...Array(6).fill(limitStatus)]);
          assert.equal(gateway.log.filter(({ fields }) => fields['fault'] === 'project-share').length, 6);
        },
        fourTurns,
      );
    });

    // Guard: accounts.ts, which counts for a project only what the cloud has accepted.
    test("callers who name another's project with tokens of their own do not use its share", async () => {
      const cloud = holdingCloud();
      await between(
        cloud.handle,
        async (gateway) => {
          await prove(gateway, quiet);
          const attackers = Array.from({ length: 6 }, (_, n) => ({
            ...quiet,
            token: `bad ${n}`,
            address: '192.0.2.3',
          }));
          const attacks = attackers.map((attacker) => send(gateway, attacker, true));
          await cloud.holds(2);
          const own = many(gateway, quiet, 2);
          await cloud.holds(4);
          for (let n = 0; n < 8; n += 1) {
            await cloud.holds(1);
            cloud.held.shift()?.();
          }
          assert.deepEqual(
            (await Promise.all(own)).map(({ status }) => status),
            [202, 202],
          );
          for (const { status } of await Promise.all(attacks)) assert.equal(status, 401);
        },
        fourTurns,
      );
    });

    test('callers whose token is not known yet count for their address, so that others have their turns', async () => {
      const cloud = holdingCloud();
      await between(
        cloud.handle,
        async (gateway) => {
          const callers = Array.from({ length: 6 }, (_, n) => ({ ...hog, project: `p${n}`, token: `t${n}` }));
          const answers = callers.map((caller) => send(gateway, caller, true));
          await cloud.holds(2);
          assert.equal((await inTime(send(gateway, quiet))).status, 202);
          assert.equal(cloud.held.length, 2);
          for (let n = 0; n < 6; n += 1) {
            await cloud.holds(1);
            cloud.held.shift()?.();
          }
          assert.deepEqual(
            (await Promise.all(answers)).map(({ status }) => status),
            Array(6).fill(202),
          );
        },
        fourTurns,
      );
    });

    // Guard: Turns of gate.ts. Forwarded requests of strangers have no limit together, because their streams need no turn.
    if (road === 'translated') {
      test('callers from any number of addresses whose tokens are not known leave turns to those whose are', async () => {
        const cloud = holdingCloud();
        await between(
          cloud.handle,
          async (gateway) => {
            await prove(gateway, quiet);
            const strangers = Array.from({ length: 40 }, (_, n) => ({
              project: `p${n}`,
              token: `t${n}`,
              address: `198.51.100.${n}`,
            }));
            const answers = strangers.map((stranger) => send(gateway, stranger, true));
            await cloud.holds(3);
            for (let n = 0; n < 10; n += 1) assert.equal((await inTime(send(gateway, quiet))).status, 202);
            assert.equal(cloud.held.length, 3);
            for (let left = 9; left > 0; left -= 1) {
              await cloud.holds(1);
              cloud.held.shift()?.();
            }
            const statuses = (await Promise.all(answers)).map(({ status }) => status);
            assert.equal(statuses.filter((status) => status === 202).length, 9);
            assert.equal(statuses.filter((status) => status === 503).length, 31);
          },
          fourTurns,
        );
      });
    }

    test('another spelling of a project is the same project', async () => {
      const cloud = holdingCloud();
      await between(
        cloud.handle,
        async (gateway) => {
          const spellings = [hog, { ...hog, project: 'h%6Fg' }, { ...hog, project: '%68og' }];
          for (const spelling of spellings) await prove(gateway, spelling);
          const answers = spellings.map((spelling) => send(gateway, spelling, true));
          await cloud.holds(2);
          assert.equal((await inTime(send(gateway, quiet))).status, 202);
          assert.equal(cloud.held.length, 2);
          for (let n = 0; n < 3; n += 1) {
            await cloud.holds(1);
            cloud.held.shift()?.();
          }
          await Promise.all(answers);
        },
        fourTurns,
      );
    });

    // Guard: rate-limit.ts.
    test('a project that sends more than its rate gets overLimit with the seconds to wait, and others are served', async () => {
      const cloud = holdingCloud();
      await between(
        cloud.handle,
        async (gateway) => {
          await prove(gateway, hog);
          await prove(gateway, quiet);
          const answers: TestAnswer[] = [];
          for (let n = 0; n < 4; n += 1) answers.push(await send(gateway, hog));
          assert.deepEqual(
            answers.map(({ status }) => status),
            [202, 202, 202, limitStatus],
          );
          const refused = answers.at(-1);
          assert.match(refused?.body ?? '', /This request was rate-limited\./);
          assert.match(refused?.headers['retry-after'] ?? '', /^(?:19|20)$/);
          assert.equal((await send(gateway, quiet)).status, 202);
          assert.equal(gateway.log.at(-2)?.fields['fault'], 'project-rate');
        },
        { ...trusting, GATEWAY_PROJECTS_REQUESTS_PER_MINUTE: '3' },
      );
    });
  });
}

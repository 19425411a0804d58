import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { at, type CloudReply } from '../embedded-cloud/cloud-caller.ts';
import { openEmbeddedSession } from '../embedded-cloud/embedded-session.ts';
import { SESSION_STEPS, runSession, type SessionCloud, type SessionExchange } from '../embedded-cloud/session-steps.ts';
import { call } from '../support/http.ts';
import { startRealCloud, whyNoRealCloud, type RealCloud } from './start-real-cloud.ts';

const patienceMs = 60_000;
/** The network of Nova's own double of Neutron. */
const network = '3cb9bc59-5699-4588-a4b1-b87f96708bc6';

test(
  "the embedded cloud's answers have the statuses, headers, members, types and faults of a real Nova's",
  { skip: whyNoRealCloud('keystone', 'glance') },
  async (t) => {
    const real = await startRealCloud({ auth: 'keystone' });
    t.after(() => real.stop());
    const expected = await runSession(openRealSession(real), SESSION_STEPS);
    const actual = await runSession(await openEmbeddedSession(t), SESSION_STEPS);
    const differences = expected.flatMap((exchange, index) => {
      const [theirs, ours] = [looksOf(exchange), looksOf(actual[index] ?? exchange)];
      const { method, path, body, minor = 1 } = exchange.step;
      const title = `${method} ${path} ${JSON.stringify(body ?? '')} 2.${minor}`;
      return theirs === ours ? [] : [`${title}\n  real:     ${theirs}\n  embedded: ${ours}`];
    });
    assert.deepEqual(differences, []);
  },
);

function openRealSession(real: RealCloud): SessionCloud {
  const send: SessionCloud['send'] = async ({ method, path, body, minor = 1 }) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const reply = await call(real.endpoint, {
      method,
      path: `/v2.1/${real.projectId}/${path}`,
      headers: {
        'X-Auth-Token': real.tokens.member,
        Accept: 'application/json',
        'OpenStack-API-Version': `compute 2.${minor}`,
        ...(text !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(text !== undefined && { body: text }),
    });
    const isJson = /^application\/json/.test(reply.headers['content-type'] ?? '') && reply.body !== '';
    return { ...reply, rawHeaders: [], document: isJson ? JSON.parse(reply.body) : undefined };
  };
  const { servers: image, rebuild: other } = real.images;
  return {
    names: { image, other, network, project: real.projectId, flavor: '1', larger: '2' },
    send,
    settle: async (server, status) => {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const { document } = await send({ method: 'GET', path: `servers/${server}` });
        const isSettled = at(document, 'server', 'OS-EXT-STS:task_state') === null;
        if (isSettled && at(document, 'server', 'status') === status) return;
        assert.ok(Date.now() < deadline, `${server} is ${status} in time`);
        await delay(100);
      }
    },
  };
}

/** Prints what an answer looks like: a fault with its words, any other document with its members and their types. */
function looksOf({ step, reply }: SessionExchange): string {
  const { status, headers, document } = reply;
  const type = reply.body === '' ? '' : (headers['content-type'] ?? '');
  const location = headers.location === undefined ? '' : ' Location';
  const shown = status >= 400 ? withoutIds(reply) : JSON.stringify(shapeOf(document, step.path));
  return `${status} ${type}${location} ${shown}`;
}

/** Prints a fault; ids of servers and users differ between the clouds. */
function withoutIds({ body }: CloudReply): string {
  return body.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|user [0-9a-f]{32}/g, 'ID');
}

/** The members whose keys are data; of their values any may be there. */
const dictionaries: ReadonlySet<string> = new Set(['metadata', 'extra_specs', 'meta']);

/** The members that are null or empty on one cloud only, because their values are data: null, and the type else. */
function shapeOf(value: unknown, name: string): unknown {
  if (dictionaries.has(name)) return 'dictionary';
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shapeOf(item, name))))].toSorted();
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const members = Object.entries(value).map(([key, inner]) => [key, shapeOf(inner, key)]);
  return Object.fromEntries(members);
}

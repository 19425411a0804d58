import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { at } from '../embedded-cloud/cloud-caller.ts';
import { openEmbeddedSession } from '../embedded-cloud/embedded-session.ts';
import { SESSION_STEPS, runSession, type SessionCloud, type SessionExchange } from '../embedded-cloud/session-steps.ts';
import { call } from '../support/http.ts';
import { startRealCloud, whyNoRealCloud, type RealCloud } from './start-real-cloud.ts';

const patienceMs = 60_000;
/** The member that only the embedded cloud shows to everybody: a real Nova shows user data to administrators only. */
const shown = /OS-EXT-SRV-ATTR:user_data/;
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
      const missing = theirs.filter((line) => !ours.includes(line));
      const extra = ours.filter((line) => !theirs.includes(line) && !shown.test(line));
      return missing.length + extra.length === 0
        ? []
        : [{ step: `${method} ${path} ${JSON.stringify(body ?? '')} 2.${minor}`, missing, extra }];
    });
    assert.deepEqual(differences, []);
  },
);

function openRealSession(real: RealCloud): SessionCloud {
  const send: SessionCloud['send'] = async ({ method, path, body, minor = 1 }) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const reply = await call(real.endpoint, {
      method,
      path: path.startsWith('/') ? path : `/v2.1/${real.projectId}/${path}`,
      headers: {
        'X-Auth-Token': real.tokens.member,
        Accept: 'application/json',
        'OpenStack-API-Version': `compute 2.${minor}`,
        ...(text !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(text !== undefined && { body: text }),
    });
    const isJson = (reply.headers['content-type'] ?? '').startsWith('application/json') && reply.body !== '';
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

/** Describe an answer: a fault by its text, any other document by its members and their types. */
function looksOf({ reply }: SessionExchange): readonly string[] {
  const { status, headers, document, body } = reply;
  const type = body === '' ? '' : (headers['content-type'] ?? '');
  const words = status < 400 ? [] : [withoutIds(document === undefined ? body : JSON.stringify(document))];
  return [`${status} ${type}`, ...(headers.location === undefined ? [] : ['Location']), ...words, ...shapeOf(document)];
}

/** Replace ids, which differ between the clouds. */
function withoutIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|user [0-9a-f]{32}/g, 'ID');
}

/** The members whose keys are data. */
const dictionaries: ReadonlySet<string> = new Set(['metadata', 'extra_specs', 'meta']);

/** List the members of a document with the types of their values; the items of a list count together. */
function shapeOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return [`${path}: list`, ...new Set(value.flatMap((item) => shapeOf(item, `${path}[]`)))];
  if (typeof value !== 'object' || value === null) return [`${path}: ${value === null ? 'null' : typeof value}`];
  if (dictionaries.has(path.split('.').at(-1) ?? '')) return [`${path}: dictionary`];
  return [`${path}: object`, ...Object.entries(value).flatMap(([key, inner]) => shapeOf(inner, `${path}.${key}`))];
}

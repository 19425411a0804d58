import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestRequest } from '../support/http.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { rebuildRequest, rebuildWithFile, serverDocument } from '../support/rebuild-call.ts';
import { startScriptedCloud, type Received, type ScriptedCloud } from '../support/scripted-cloud.ts';

/* The guards: src/http/exchange/trace-context.ts; of the ids endToEnd in header-fields.ts, relayHeaders in relay-headers.ts and sendFault in send-fault.ts. */

const trace = '0af7651916cd43dd8448eb211c80319c';
const parent = 'b7ad6b7169203331';
const good = `00-${trace}-${parent}-01`;
const state = 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE';

/** A request of each road whose header fields reach the cloud. */
const roads: Readonly<Record<string, TestRequest>> = {
  'translated from XML': rebuildRequest('xml'),
  'translated from JSON, read beforehand': rebuildRequest('json', rebuildWithFile.json),
  'forwarded with GET': { method: 'GET', path: '/v2.1/os-gadgets' },
  'forwarded with a body': { method: 'PUT', path: '/v2.1/os-gadgets', body: '{}' },
};

let cloud: ScriptedCloud;
let gateway: TestGateway;
before(async () => {
  cloud = await startScriptedCloud({ status: 202, body: serverDocument });
  gateway = await startTestGateway(cloud.url);
});
after(async () => {
  await gateway.stop();
  await cloud.stop();
});

/** Send a request with these header lines unchanged, and return the requests that the cloud received. */
async function seen(road: TestRequest, ...lines: readonly string[]): Promise<readonly Received[]> {
  const { hostname, port } = new URL(gateway.url);
  const { method = 'POST', path, headers = {}, body = '' } = road;
  const others = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const from = cloud.received.length;
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  socket.write(
    [`${method} ${path} HTTP/1.1`, 'Host: g', 'Connection: close', length, ...others, ...lines, '', ''].join('\r\n'),
  );
  socket.write(body);
  await new Promise((resolve) => socket.resume().once('close', resolve));
  const received = cloud.received.slice(from);
  assert.ok(received.length > 0);
  return received;
}

const passes: Readonly<Record<string, string>> = {
  'that is sampled': good,
  'that is not sampled': `00-${trace}-${parent}-00`,
  'with flags that nobody knows yet': `00-${trace}-${parent}-ff`,
  'of a later version': `cc-${trace}-${parent}-01`,
  'of a later version that says more': `01-${trace}-${parent}-01-what-the-future-will-be`,
};

const doesNotPass: Readonly<Record<string, readonly string[]>> = {
  'of version ff': [`ff-${trace}-${parent}-01`],
  'of version 00 that says more': [`${good}-more`],
  'whose trace is all zeros': [`00-${'0'.repeat(32)}-${parent}-01`],
  'whose parent is all zeros': [`00-${trace}-${'0'.repeat(16)}-01`],
  'whose trace is all zeros in a later version': [`cc-${'0'.repeat(32)}-${parent}-01`],
  'in capitals': [good.toUpperCase()],
  'with one letter that is no digit': [good.replace('0af', '0xg')],
  'that is too short': [`00-${trace.slice(1)}-${parent}-01`],
  'that is too long': [`00-${trace}0-${parent}-01`],
  'of a later version with flags that do not end': [`cc-${trace}-${parent}-01more`],
  'that is empty': [''],
  'with a second one in it': [`${good},${good}`],
  'that came twice': [good, good],
  'that came twice, once in other letters': [good, `00-${trace}-${'1'.repeat(16)}-01`],
};

for (const [road, request] of Object.entries(roads)) {
  describe(`a trace's context, ${road}`, () => {
    for (const [what, line] of Object.entries(passes)) {
      test(`passes as it came, with its state: one ${what}`, async () => {
        for (const { headers } of await seen(request, `traceparent: ${line}`, `tracestate: ${state}`)) {
          assert.equal(headers['traceparent'], line);
          assert.equal(headers['tracestate'], state);
        }
      });
    }

    // Guard: isValid in trace-context.ts; without it all of these reach the cloud.
    for (const [what, lines] of Object.entries(doesNotPass)) {
      test(`does not pass, nor its state: one ${what}`, async () => {
        const given = [...lines.map((line) => `traceparent: ${line}`), `tracestate: ${state}`];
        for (const { headers } of await seen(request, ...given)) {
          assert.equal(headers['traceparent'], undefined);
          assert.equal(headers['tracestate'], undefined);
        }
      });
    }

    test('a state without a parent does not pass', async () => {
      for (const { headers } of await seen(request, `tracestate: ${state}`)) {
        assert.equal(headers['tracestate'], undefined);
      }
    });

    test('a parent without a state passes, and no state is made', async () => {
      for (const { headers } of await seen(request, `traceparent: ${good}`)) {
        assert.equal(headers['traceparent'], good);
        assert.equal(headers['tracestate'], undefined);
      }
    });

    test('the names are of any case, and a state on several lines keeps its order', async () => {
      const lines = [`TraceParent: ${good}`, 'TraceState: rojo=1', 'TRACESTATE: congo=2'];
      for (const { headers } of await seen(request, ...lines)) {
        assert.equal(headers['traceparent'], good);
        assert.equal(headers['tracestate'], 'rojo=1, congo=2');
      }
    });

    test('a state of 512 characters passes whole', async () => {
      const long = Array.from(
        { length: 32 },
        (_, index) => `k${String(index).padStart(2, '0')}=${'v'.repeat(11)}`,
      ).join(',');
      assert.ok(long.length >= 511);
      for (const { headers } of await seen(request, `traceparent: ${good}`, `tracestate: ${long}`)) {
        assert.equal(headers['tracestate'], long);
      }
    });

    test("the caller's global request id reaches the cloud", async () => {
      const id = 'req-5d2f9c1e-7a3b-4c8d-9e0f-1a2b3c4d5e6f';
      for (const { headers } of await seen(request, `X-OpenStack-Request-ID: ${id}`)) {
        assert.equal(headers['x-openstack-request-id'], id);
      }
    });
  });
}

describe('the id of a request at the cloud reaches the caller', () => {
  const id = 'req-0c9a1b2c-3d4e-4f50-8a6b-7c8d9e0f1a2b';
  const answers: Readonly<Record<string, { status: number; body: string }>> = {
    'with an answer': { status: 202, body: serverDocument },
    'with a fault': { status: 409, body: '{"conflictingRequest": {"code": 409, "message": "no"}}' },
    'with a fault that is a page': { status: 503, body: '<html><body>down</body></html>' },
    'with an answer that cannot be translated': { status: 202, body: '{"ser' },
  };
  for (const [road, request] of Object.entries(roads)) {
    for (const [what, answer] of Object.entries(answers)) {
      for (const names of [
        ['X-OpenStack-Request-ID'],
        ['X-Compute-Request-Id'],
        ['X-OpenStack-Request-ID', 'X-Compute-Request-Id'],
      ]) {
        test(`${what} that names ${names.join(' and ')}, ${road}`, async () => {
          cloud.script({ ...answer, headers: Object.fromEntries(names.map((name) => [name, id])) });
          const { headers } = await call(gateway.url, request);
          for (const name of names) assert.equal(headers[name.toLowerCase()], id);
          // Legacy clients read this field; it stands only in answers that the gateway wrote.
          if (!road.startsWith('forwarded')) assert.equal(headers['x-compute-request-id'], id);
          cloud.script({ status: 202, body: serverDocument });
        });
      }
    }
  }

  test("and where no cloud was reached, the gateway's own id, that its log has", async () => {
    const lonely = await startTestGateway(refusingUrl);
    try {
      for (const request of Object.values(roads)) {
        const { headers, status } = await call(lonely.url, request);
        assert.equal(status, 503);
        assert.match(headers['x-compute-request-id'] ?? '', /^req-[0-9a-f-]{36}$/);
        assert.equal(lonely.log.at(-1)?.fields['requestId'], headers['x-compute-request-id']);
      }
    } finally {
      await lonely.stop();
    }
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTracing, tracingOptions } from '../../src/observe/tracing/start-tracing.ts';
import { base64 } from '../process/canary.ts';
import { startLiveCloud, type LiveCloud } from '../support/forwarding.ts';
import { startTestGateway, type TestGateway, type TracedBy } from '../support/gateway.ts';
import { call, type TestRequest } from '../support/http.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { projectId, rebuildRequest, rebuildWithFile, serverDocument, serverId } from '../support/rebuild-call.ts';
import { startSpanCollector, type CollectedSpan, type SpanCollector } from '../support/span-collector.ts';
import { dial, head } from './dialled.ts';
import { answerOf, assertSecretsKept, secretCalls } from './secret-calls.ts';

/* The guards: src/observe/tracing/, src/http/exchange/spans.ts, src/http/cloud/cloud-span.ts. */

const caller = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331', state: 'rojo=00f067aa0ba902b7' };
const parentFields = { traceparent: `00-${caller.trace}-${caller.span}-01`, tracestate: caller.state };
const cloudId = 'req-0c9a1b2c-3d4e-4f50-8a6b-7c8d9e0f1a2b';

/** Start the tracing of variables, which the libraries read from the environment of the process. */
const tracedWith =
  (variables: Readonly<Record<string, string>>): TracedBy =>
  async (config, log) => {
    Object.assign(process.env, variables);
    try {
      return await startTracing(process.env, log, tracingOptions(config, 'test'));
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name];
    }
  };

interface Played {
  readonly gateway: TestGateway;
  readonly cloud: LiveCloud;
  readonly collector: SpanCollector;
  /** Stop the gateway, which exports what it holds, and return the spans. */
  readonly spans: () => Promise<readonly CollectedSpan[]>;
}

/** Play with a gateway that exports to a collector. */
async function traced(
  handle: Parameters<typeof startLiveCloud>[0],
  play: (played: Played) => Promise<void>,
  { settings = {}, variables = {}, cloudUrl = '' } = {},
): Promise<void> {
  const collector = await startSpanCollector();
  const cloud = await startLiveCloud(handle);
  const traces = tracedWith({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    ...variables,
  });
  const gateway = await startTestGateway(cloudUrl === '' ? cloud.url : cloudUrl, settings, traces);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= gateway.stop());
  try {
    await play({
      gateway,
      cloud,
      collector,
      spans: async () => {
        await stop();
        return collector.spans;
      },
    });
  } finally {
    await stop();
    await cloud.stop();
    await collector.stop();
  }
}

const accepting: Parameters<typeof startLiveCloud>[0] = (request, response) => {
  request.resume();
  const status = request.method === 'GET' ? 200 : 202;
  const headers = { 'Content-Type': 'application/json', 'X-OpenStack-Request-ID': cloudId };
  response.writeHead(status, headers).end(serverDocument);
};

const forwardedGet: TestRequest = { method: 'GET', path: '/v2.1/os-gadgets?marker=CanaryQuery' };
const route = '/v1.1/{project_id}/servers/{server_id}/action';

/** Pick the spans of one kind, in the order of their start. */
const ofKind = (spans: readonly CollectedSpan[], kind: CollectedSpan['kind']): readonly CollectedSpan[] =>
  spans.filter((span) => span.kind === kind);
const only = (spans: readonly CollectedSpan[], kind: CollectedSpan['kind']): CollectedSpan => {
  const [span, ...others] = ofKind(spans, kind);
  assert.ok(span !== undefined && others.length === 0, `not one span of kind ${kind}`);
  return span;
};

describe('each exchange has a span, and each of its requests to the cloud', () => {
  // Guard: `describe` in opentelemetry.ts.
  test('spans that start after a reload describe the new cloud', () =>
    traced(accepting, async ({ gateway, cloud, spans }) => {
      const { port } = new URL(cloud.url);
      await call(gateway.url, rebuildRequest('json'));
      const changes = { GATEWAY_UPSTREAM_PROFILE: 'nova', GATEWAY_UPSTREAM_URL: `http://localhost:${port}` };
      assert.equal(gateway.reload(changes), true);
      await call(gateway.url, rebuildRequest('json'));
      const all = await spans();
      const seen = (kind: CollectedSpan['kind'], name: string): unknown[] =>
        ofKind(all, kind).map(({ attributes }) => attributes[name]);
      assert.deepEqual(seen('server', 'gateway.profile'), ['ecs', 'nova']);
      assert.deepEqual(seen('client', 'server.address'), ['127.0.0.1', 'localhost']);
    }));

  // Guard: `spansTo` in cloud-span.ts.
  test('that of a login names the identity service, and no region', () =>
    traced(accepting, async ({ gateway, cloud, spans }) => {
      const identity = `http://localhost:${new URL(cloud.url).port}/identity`;
      assert.ok(
        gateway.reload({ GATEWAY_IDENTITY_URL: identity, GATEWAY_IDENTITY_USER_DOMAIN: 'name:account' }),
        JSON.stringify(gateway.log),
      );
      const body = JSON.stringify({ auth: { passwordCredentials: { username: 'u', password: 'CanaryWord' } } });
      await call(gateway.url, { path: '/v2.0/tokens', headers: { 'Content-Type': 'application/json' }, body });
      await call(gateway.url, { method: 'GET', path: '/v3/users' });
      assert.deepEqual(
        ofKind(await spans(), 'client').map(({ attributes }) => attributes['url.full']),
        [`${identity}/v3/auth/tokens`, `${identity}/v3/users`],
      );
    }));

  // Guard: `createTracedRegionOf` in clouds.ts.
  test('those of a region name it, its profile and its cloud', () =>
    traced(accepting, async ({ gateway, cloud, spans }) => {
      const west = { url: `http://localhost:${new URL(cloud.url).port}`, profile: 'nova' };
      assert.ok(gateway.reload({ GATEWAY_REGIONS: JSON.stringify({ West: west }) }));
      const request = rebuildRequest('json');
      await call(gateway.url, { ...request, path: `/West${request.path}` });
      await call(gateway.url, { ...forwardedGet, path: '/West/v2.1/os-gadgets' });
      await call(gateway.url, request);
      const all = await spans();
      const seen = (kind: CollectedSpan['kind'], name: string): unknown[] =>
        ofKind(all, kind).map(({ attributes }) => attributes[name]);
      assert.deepEqual(seen('server', 'gateway.region'), ['West', 'West', undefined]);
      assert.deepEqual(seen('server', 'gateway.profile'), ['nova', 'nova', 'ecs']);
      assert.deepEqual(seen('client', 'server.address'), ['localhost', 'localhost', '127.0.0.1']);
      for (const url of seen('client', 'url.full')) assert.doesNotMatch(String(url), /West/);
    }));

  test('a translated one: names and attributes are those of the conventions', () =>
    traced(accepting, async ({ gateway, cloud, spans }) => {
      const request = rebuildRequest('xml', rebuildWithFile.xml);
      const headers = { ...request.headers, ...parentFields, 'User-Agent': 'old-client/1.0' };
      const path = `${request.path}?secret=CanaryQuery`;
      assert.equal((await call(gateway.url, { ...request, path, headers })).status, 202);
      const own = gateway.log.at(-1)?.fields['globalRequestId'];
      const all = await spans();
      const server = only(all, 'server');
      const { hostname, port } = new URL(gateway.url);
      assert.equal(server.name, `POST ${route}`);
      assert.equal(server.traceId, caller.trace);
      assert.equal(server.parentSpanId, caller.span);
      assert.equal(server.isError, false);
      assert.deepEqual(server.attributes, {
        'http.request.method': 'POST',
        'url.path': request.path,
        'url.scheme': 'http',
        'server.address': hostname,
        'server.port': Number(port),
        'client.address': '127.0.0.1',
        'network.protocol.version': '1.1',
        'user_agent.original': 'old-client/1.0',
        'http.response.status_code': 202,
        'http.route': route,
        'gateway.profile': 'ecs',
        'gateway.operation': 'rebuild',
        'openstack.request_id': own,
      });
      const clients = ofKind(all, 'client');
      assert.deepEqual(
        clients.map(({ name, parentSpanId, traceId }) => ({ name, parentSpanId, traceId })),
        ['GET', 'POST'].map((name) => ({ name, parentSpanId: server.spanId, traceId: caller.trace })),
      );
      const cloudPort = Number(new URL(cloud.url).port);
      assert.deepEqual(clients[1]?.attributes, {
        'http.request.method': 'POST',
        'url.full': `${cloud.url}/v2.1/${projectId}/servers/${serverId}/action`,
        'server.address': '127.0.0.1',
        'server.port': cloudPort,
        'network.protocol.version': '1.1',
        'http.response.status_code': 202,
        'openstack.request_id': cloudId,
      });
      // The cloud's spans are children of these.
      assert.deepEqual(
        cloud.received.map(({ headers: { traceparent, tracestate } }) => [traceparent, tracestate]),
        clients.map(({ spanId }) => [`00-${caller.trace}-${spanId}-01`, caller.state]),
      );
      assert.equal(server.resource['service.name'], 'legacy-compute-gateway');
    }));

  for (const [what, request] of Object.entries({
    'forwarded by undici': forwardedGet,
    'streamed by the proxy': { method: 'DELETE', path: '/v2.1/os-gadgets' },
  })) {
    test(`${what}: the same, without a route`, () =>
      traced(accepting, async ({ gateway, cloud, spans }) => {
        await call(gateway.url, { ...request, headers: parentFields });
        const all = await spans();
        const [server, client] = [only(all, 'server'), only(all, 'client')];
        assert.equal(server.name, request.method);
        assert.equal(server.attributes['gateway.operation'], 'forwarded');
        assert.equal(server.attributes['url.path'], '/v2.1/os-gadgets');
        assert.equal(client.attributes['url.full'], `${cloud.url}/v2.1/os-gadgets`);
        assert.equal(client.attributes['openstack.request_id'], cloudId);
        assert.equal(client.parentSpanId, server.spanId);
        const [received] = cloud.received;
        assert.equal(received?.headers['traceparent'], `00-${caller.trace}-${client.spanId}-01`);
        assert.equal(received?.headers['tracestate'], caller.state);
      }));
  }

  test('without a context, or with a malformed one, a trace begins', () =>
    traced(accepting, async ({ gateway, cloud, spans }) => {
      for (const traceparent of ['', '00-0-0-00', `00-${'0'.repeat(32)}-${caller.span}-01`]) {
        const headers = traceparent === '' ? {} : { traceparent, tracestate: caller.state };
        await call(gateway.url, { ...forwardedGet, headers });
      }
      const servers = ofKind(await spans(), 'server');
      assert.equal(new Set(servers.map(({ traceId }) => traceId)).size, 3);
      for (const { parentSpanId } of servers) assert.equal(parentSpanId ?? '', '');
      for (const { headers } of cloud.received) assert.equal(headers['tracestate'], undefined);
    }));

  test("a caller's trace that is not sampled is passed on, and not exported", () =>
    traced(accepting, async ({ gateway, cloud, spans }) => {
      const headers = { traceparent: `00-${caller.trace}-${caller.span}-00` };
      await call(gateway.url, { ...forwardedGet, headers });
      assert.deepEqual(await spans(), []);
      assert.match(cloud.received[0]?.headers['traceparent'] as string, new RegExp(`^00-${caller.trace}-\\w{16}-00$`));
    }));

  test('the question where the cloud has the legacy API has spans of its own', () =>
    traced(
      accepting,
      async ({ gateway, spans }) => {
        await call(gateway.url, { method: 'GET', path: '/v2/p/os-gadgets' });
        const paths = ofKind(await spans(), 'client').map(
          ({ attributes }) => new URL(String(attributes['url.full'])).pathname,
        );
        assert.deepEqual(paths.slice(0, 2), ['/', '/v2/']);
      },
      { settings: { GATEWAY_UPSTREAM_LEGACY_PATH: 'auto' } },
    ));
});

describe('a failure is an error of its span', () => {
  const roads = { translated: rebuildRequest('xml'), forwarded: forwardedGet };
  for (const [road, request] of Object.entries(roads)) {
    test(`a cloud that cannot be reached, ${road}`, () =>
      traced(
        accepting,
        async ({ gateway, spans }) => {
          assert.equal((await call(gateway.url, request)).status, 503);
          const all = await spans();
          for (const span of all) {
            assert.equal(span.isError, true);
            assert.equal(span.attributes['error.type'], 'cloud-unreachable');
          }
          assert.equal(only(all, 'server').attributes['http.response.status_code'], 503);
          assert.equal(only(all, 'server').attributes['gateway.fault.cause'], 'ECONNREFUSED');
          assert.equal(only(all, 'client').attributes['http.response.status_code'], undefined);
        },
        { cloudUrl: refusingUrl },
      ));

    test(`a cloud that does not answer, ${road}`, () =>
      traced(
        (incoming) => void incoming.resume(),
        async ({ gateway, spans }) => {
          assert.equal((await call(gateway.url, request)).status, 504);
          const all = await spans();
          for (const kind of ['server', 'client'] as const)
            assert.equal(only(all, kind).attributes['error.type'], 'cloud-timeout', kind);
        },
        { settings: { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '100' } },
      ));

    test(`a caller that hangs up, ${road}`, async () => {
      const asked = Promise.withResolvers<void>();
      await traced(
        (incoming) => {
          incoming.resume();
          asked.resolve();
        },
        async ({ gateway, spans }) => {
          const { method = 'POST', path, body = '' } = request;
          const gone = await dial(gateway.url);
          const start = method === 'POST' ? head(path, body.length) : `GET ${path} HTTP/1.1\r\nHost: g\r\n\r\n`;
          gone.socket.write(start + String(body));
          await asked.promise;
          gone.socket.resetAndDestroy();
          await gateway.logged('exchange', 1);
          const all = await spans();
          for (const kind of ['server', 'client'] as const) {
            assert.equal(only(all, kind).attributes['error.type'], 'caller-gone', kind);
            assert.equal(only(all, kind).attributes['http.response.status_code'], undefined);
          }
        },
      );
    });

    test(`a refusal of the cloud is an error for the client's span only, ${road}`, () =>
      traced(
        (incoming, response) => {
          incoming.resume();
          response.writeHead(404, { 'Content-Type': 'application/json' });
          response.end('{"itemNotFound": {"code": 404, "message": "no"}}');
        },
        async ({ gateway, spans }) => {
          assert.equal((await call(gateway.url, request)).status, 404);
          const all = await spans();
          assert.equal(only(all, 'server').isError, false);
          assert.equal(only(all, 'server').attributes['gateway.fault'], 'cloud-refusal');
          assert.equal(only(all, 'client').attributes['error.type'], '404');
        },
      ));
  }

  test('a request that is refused before anything is sent has one span', () =>
    traced(accepting, async ({ gateway, spans }) => {
      assert.equal((await call(gateway.url, rebuildRequest('xml', '<rebuild'))).status, 400);
      const [span, ...others] = await spans();
      assert.equal(span?.attributes['gateway.fault'], 'malformed-body');
      assert.deepEqual(others, []);
    }));
});

// Guard: http-attributes.ts, which leaves out queries, tokens in paths, and ids of another form.
test('no secret is in any span, in either encoding', async () => {
  for (const protocol of ['http/json', 'http/protobuf']) {
    await traced(
      (request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const token = String(request.headers['x-auth-token']);
          const ids = { 'X-Compute-Request-Id': token, 'X-OpenStack-Request-ID': token };
          response.writeHead(request.method === 'GET' ? 200 : 202, { 'Content-Type': 'application/json', ...ids });
          response.end(answerOf(text === '' ? undefined : JSON.parse(text), request));
        });
      },
      async ({ gateway, collector, spans }) => {
        for (const request of secretCalls.values()) await call(gateway.url, request);
        const inPaths = [
          '/v2.0/tokens/CanaryToken5e1f',
          '/v2.1/os-console-auth-tokens/CanaryToken5e1f?x=CanaryToken5e1f',
        ];
        for (const path of inPaths) await call(gateway.url, { method: 'GET', path });
        await spans();
        assert.ok(collector.text().includes('openstack.request_id'));
        assertSecretsKept(collector.text(), protocol);
        assert.ok(!collector.text().includes(base64('CanaryToken5e1f')));
      },
      { variables: { OTEL_EXPORTER_OTLP_PROTOCOL: protocol } },
    );
  }
});

describe('a collector that fails does not harm', () => {
  const key = 'CanaryCollectorKey';
  const variables = {
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${key}`,
    OTEL_EXPORTER_OTLP_TIMEOUT: '200',
    OTEL_BSP_SCHEDULE_DELAY: '5',
  };

  // Guard: report-failures.ts; without it each batch is a line.
  test('failures are one warning, and their end another, with the number of lost spans; the key is in no line', () =>
    traced(
      accepting,
      async ({ gateway, collector, spans }) => {
        collector.answer(400);
        for (let n = 1; n <= 5; n += 1) {
          assert.equal((await call(gateway.url, forwardedGet)).status, 200);
          await collector.exported(n);
        }
        collector.answer(200);
        await call(gateway.url, forwardedGet);
        await gateway.logged('traces are exported again', 1);
        await spans();
        assert.equal(collector.exports[0]?.authorization, key);
        assert.equal(gateway.log.filter(({ event }) => event === 'traces cannot be exported').length, 1);
        const again = gateway.log.filter(({ event }) => event === 'traces are exported again');
        assert.deepEqual(
          again.map(({ fields }) => fields),
          [{ lost: 10 }],
        );
        assert.ok(!JSON.stringify(gateway.log).includes(key));
      },
      { variables },
    ));

  // Guard: closeWithin() in opentelemetry.ts.
  test('exchanges are answered and the end comes in time if nothing listens there, or it is silent', async () => {
    const silent = await startLiveCloud((request) => void request.resume());
    for (const endpoint of [refusingUrl, silent.url]) {
      await traced(
        accepting,
        async ({ gateway, spans }) => {
          for (let n = 0; n < 5; n += 1) assert.equal((await call(gateway.url, forwardedGet)).status, 200);
          const from = performance.now();
          await spans();
          assert.ok(performance.now() - from < 10_000);
        },
        { variables: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } },
      );
    }
    await silent.stop();
  });
});

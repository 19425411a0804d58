import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { createDiagnostics } from '../../src/observe/tracing/diagnostics.ts';
import { tracingChoice } from '../../src/observe/tracing/start-tracing.ts';
import { root } from '../support/documents.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('the OTEL_* variables switch tracing on', () => {
  const choices: readonly [what: string, environment: Record<string, string>, targets: readonly string[]][] = [
    ['none: off', {}, []],
    ['a service name alone: off', { OTEL_SERVICE_NAME: 'gateway' }, []],
    ['an endpoint: on, in protobuf', endpoint, ['http/protobuf']],
    [
      'an endpoint for traces: on',
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c:4318/v1/traces' },
      ['http/protobuf'],
    ],
    ['an empty endpoint: off', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }, []],
    ['otlp without an endpoint: on, to the usual one', { OTEL_TRACES_EXPORTER: 'otlp' }, ['http/protobuf']],
    ['none beside an endpoint: off', { ...endpoint, OTEL_TRACES_EXPORTER: 'none' }, []],
    ['the SDK disabled: off', { ...endpoint, OTEL_SDK_DISABLED: 'True' }, []],
    ['JSON', { ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, ['http/json']],
    [
      'JSON for traces',
      { ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' },
      ['http/json'],
    ],
    ['the console', { OTEL_TRACES_EXPORTER: 'console' }, ['console']],
    ['both', { ...endpoint, OTEL_TRACES_EXPORTER: 'otlp, console' }, ['http/protobuf', 'console']],
  ];
  for (const [what, environment, targets] of choices) {
    test(what, () => assert.deepEqual(tracingChoice(environment), { targets }));
  }

  test('what is not supported is off, and says what is', () => {
    assert.match(tracingChoice({ OTEL_TRACES_EXPORTER: 'zipkin' }).warning ?? '', /otlp, console or none/);
    const grpc = tracingChoice({ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    assert.deepEqual(grpc.targets, []);
    assert.match(grpc.warning ?? '', /http\/protobuf or http\/json/);
  });

  test('a collector without a scheme is off from the start, and names its variable', () => {
    for (const name of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])
      for (const value of ['localhost:4318', 'collector', '//collector:4318', 'http://'])
        assert.deepEqual(tracingChoice({ [name]: value }), {
          targets: [],
          warning: `${name} must be a URL that begins with http:// or https://`,
        });
  });
});

// Guard: the lazy import in start-tracing.ts.
test('without these variables no library of OpenTelemetry is loaded, and with them it is', () => {
  // prom-client loads the interface (@opentelemetry/api) in any case.
  const program = `
    const { startTracing } = await import('./src/observe/tracing/start-tracing.ts');
    await import('./src/server/gateway.ts');
    const log = { info() {}, warn() {}, error() {} };
    await startTracing(process.env, log, { version: '1', profile: 'nova', cloudUrl: 'http://cloud' });
    const { default: { _cache: loaded } } = await import('node:module');
    console.log(Object.keys(loaded).filter((path) => path.includes('@opentelemetry/') && !path.includes('@opentelemetry/api/')).length);`;
  const countWith = (environment: Record<string, string>): number =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', program], {
        cwd: root,
        env: { PATH: process.env['PATH'], ...environment },
        encoding: 'utf8',
      }),
    );
  assert.equal(countWith({}), 0);
  assert.ok(countWith(endpoint) > 10);
});

test('a message of the libraries is one line, once, and shows no secret of the variables', () => {
  const lines: string[] = [];
  const log = {
    info: () => undefined,
    warn: (event: string, fields: unknown) => void lines.push(event + JSON.stringify(fields)),
    error: () => undefined,
    writeLine: () => undefined,
    close: () => Promise.resolve(),
  };
  const diagnostics = createDiagnostics(log, { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20Canary,x=Secret' });
  for (let n = 0; n < 1000; n += 1) {
    diagnostics.error('the header authorization: Bearer Canary or Bearer%20Canary or Secret is refused');
    diagnostics.warn('http://user:password@collector/ is no URL');
    diagnostics.warn(`failure ${n}`);
    diagnostics.info('nothing');
  }
  assert.equal(lines.length, 20);
  assert.doesNotMatch(lines.join('\n'), /Canary|Secret|password/);
});

import { randomUUID } from 'node:crypto';
import {
  createTraceState,
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Log } from '../log.ts';
import { createDiagnostics } from './diagnostics.ts';
import {
  clientEnd,
  clientStart,
  cloudTarget,
  serverEnd,
  serverStart,
  spanName,
  type CloudTarget,
  type SpanEnd,
} from './http-attributes.ts';
import { logExporter } from './log-exporter.ts';
import { reportFailures } from './report-failures.ts';
import type {
  ClientSpan,
  ContextFields,
  ServerSpan,
  SpanTarget,
  TracedRequest,
  Tracing,
  TracingOptions,
} from './tracing.ts';

/** The one file that imports the libraries of OpenTelemetry. It is loaded only if tracing is on. */

const serviceName = 'legacy-compute-gateway';

/** Create the tracing: spans are exported in batches from a bounded queue, beside the exchanges. */
export function createTracing(targets: readonly SpanTarget[], log: Log, options: TracingOptions): Tracing {
  diag.setLogger(createDiagnostics(log, process.env), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(
        resourceFromAttributes({
          'service.name': serviceName,
          'service.version': options.version,
          'service.instance.id': randomUUID(),
        }),
      )
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: targets.map((target) => new BatchSpanProcessor(exporterOf(target, log))),
  });
  const tracer = provider.getTracer(serviceName, options.version);
  let { profile } = options;
  let cloud = cloudTarget(options.cloudUrl);
  return {
    describe: (next) => {
      profile = next.profile;
      cloud = cloudTarget(next.cloudUrl);
    },
    startExchange: (request) => {
      const { region } = request;
      const target = region === undefined ? cloud : cloudTarget(region.cloudUrl);
      return startExchange(tracer, request, target, region?.profile ?? profile);
    },
    startRequest: (method, path, url) =>
      startRequest(tracer, ROOT_CONTEXT, method, path, url === undefined ? cloud : cloudTarget(url)),
    close: () => closeWithin(fixedLimits.tracesFlushMs, () => provider.shutdown()),
  };
}

function exporterOf(target: SpanTarget, log: Log): SpanExporter {
  switch (target) {
    case 'http/protobuf':
      return reportFailures(new ProtobufExporter(), log);
    case 'http/json':
      return reportFailures(new JsonExporter(), log);
    case 'console':
      return logExporter(log);
    default:
      return target satisfies never;
  }
}

function startExchange(tracer: Tracer, request: TracedRequest, cloud: CloudTarget, profile: string): ServerSpan {
  const { method } = request;
  const options = { kind: SpanKind.SERVER, attributes: serverStart(request, profile) };
  const span = tracer.startSpan(spanName(method, undefined), options, parentOf(request));
  const context = trace.setSpan(ROOT_CONTEXT, span);
  return {
    fields: fieldsOf(span),
    startRequest: (clientMethod, path, url) =>
      startRequest(tracer, context, clientMethod, path, url === undefined ? cloud : cloudTarget(url)),
    end: (answer) => {
      if (answer.route !== undefined) span.updateName(spanName(method, answer.route));
      endSpan(span, serverEnd(answer));
    },
  };
}

function startRequest(tracer: Tracer, context: Context, method: string, path: string, cloud: CloudTarget): ClientSpan {
  const options = { kind: SpanKind.CLIENT, attributes: clientStart(method, path, cloud) };
  const span = tracer.startSpan(spanName(method, undefined), options, context);
  return { fields: fieldsOf(span), end: (outcome) => endSpan(span, clientEnd(outcome)) };
}

function endSpan(span: Span, { attributes, isError }: SpanEnd): void {
  span.setAttributes(attributes satisfies Attributes);
  if (isError) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** Read the caller's context, whose form has been checked. A later version begins with the same fields. */
function parentOf({ traceparent, tracestate }: ContextFields): Context {
  if (traceparent === undefined) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
  });
}

function fieldsOf(span: Span): ContextFields {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  const state = traceState?.serialize();
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    ...(state !== undefined && state !== '' && { tracestate: state }),
  };
}

/** Wait for the last export, but not for long: a collector that does not answer must not delay the end of the process. */
async function closeWithin(timeoutMs: number, shutDown: () => Promise<void>): Promise<void> {
  const { promise: isLate, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timeoutMs);
  await Promise.race([shutDown().catch(() => undefined), isLate]);
  clearTimeout(timer);
}

import type { Log } from '../log.ts';
import type { Exporter } from './report-failures.ts';

/** The part of a finished span that is logged. */
interface LoggedSpan {
  readonly name: string;
  readonly kind: number;
  readonly attributes: object;
  readonly status: { readonly code: number };
  readonly duration: readonly [seconds: number, nanoseconds: number];
  readonly parentSpanContext?: { readonly spanId: string };
  spanContext(): { readonly traceId: string; readonly spanId: string };
}

const serverKind = 1;
const errorCode = 2;

/** Create the exporter of OTEL_TRACES_EXPORTER=console: a line of the log for each span, because others in stdout would tear its lines. */
export function logExporter(log: Log): Exporter<LoggedSpan> {
  return {
    export: (spans, done) => {
      for (const span of spans) {
        const { traceId, spanId } = span.spanContext();
        const [seconds, nanoseconds] = span.duration;
        log.info('span', {
          name: span.name,
          kind: span.kind === serverKind ? 'server' : 'client',
          traceId,
          spanId,
          parentSpanId: span.parentSpanContext?.spanId,
          ms: seconds * 1000 + nanoseconds / 1e6,
          error: span.status.code === errorCode || undefined,
          ...span.attributes,
        });
      }
      done({ code: 0 });
    },
    shutdown: () => Promise.resolve(),
  };
}

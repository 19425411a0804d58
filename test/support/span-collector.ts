import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drained } from './forwarding.ts';
import { createChanges } from './changes.ts';
import { inTime } from './in-time.ts';

/** A span as a collector receives it. */
export interface CollectedSpan {
  readonly name: string;
  readonly kind: 'server' | 'client';
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly isError: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** A small OTLP collector, which reads http/json. */
export interface SpanCollector {
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  /** The header fields of the exports, and all that was received, as text. */
  readonly exports: readonly IncomingHttpHeaders[];
  readonly text: () => string;
  /** Resolves when this number of exports has arrived. */
  exported(count: number): Promise<void>;
  /** Answer further exports with this status. */
  answer(status: number): void;
  stop(): Promise<void>;
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The part of an ExportTraceServiceRequest that is read here. */
interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

interface WireSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status?: { readonly code?: number };
  readonly attributes: readonly Attribute[];
}

const serverKind = 2;
const errorCode = 2;

/** Start a collector on a free port. */
export async function startSpanCollector(): Promise<SpanCollector> {
  const spans: CollectedSpan[] = [];
  const texts: string[] = [];
  const exports: IncomingHttpHeaders[] = [];
  const { changed, until } = createChanges();
  let status = 200;
  const server = createServer((request, response) => {
    void drained(request).then((body): void => {
      texts.push(body.toString('latin1'));
      exports.push(request.headers);
      changed();
      if (status === 200 && request.headers['content-type'] === 'application/json')
        spans.push(...spansIn(JSON.parse(body.toString()) as ExportRequest));
      response.writeHead(status, { 'Content-Type': 'application/json' }).end('{}');
      return undefined;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    exports,
    text: () => texts.join('\n'),
    exported: (count) =>
      inTime(
        until(() => exports.length >= count),
        `there were no ${count} exports`,
      ),
    answer: (given) => {
      status = given;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function spansIn({ resourceSpans }: ExportRequest): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ name, kind, traceId, spanId, parentSpanId, status, attributes }) => ({
        name,
        kind: kind === serverKind ? 'server' : 'client',
        traceId,
        spanId,
        parentSpanId,
        isError: status?.code === errorCode,
        attributes: read(attributes),
        resource: read(resource.attributes),
      })),
    ),
  );
}

function read(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

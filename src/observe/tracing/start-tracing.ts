import type { Environment } from '../../config/environment.ts';
import type { Config } from '../../config/settings.ts';
import type { Log } from '../log.ts';
import type { SpanTarget, Tracing, TracingOptions } from './tracing.ts';

/** The decision of the environment: the targets, and the reason for which one is not used. */
export interface TracingChoice {
  readonly targets: readonly SpanTarget[];
  readonly warning?: string;
}

const off: TracingChoice = { targets: [] };

/** The variables that name the collector; the first that is set counts. */
const endpointVariables = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

/**
 * Start the tracing that the standard OTEL_* variables ask for; undefined if they ask for none. The libraries are loaded
 * only then: they need 16 MB, and 0.2 to 0.5 s at the start.
 */
export async function startTracing(
  environment: Environment,
  log: Log,
  options: TracingOptions,
): Promise<Tracing | undefined> {
  const { targets, warning } = tracingChoice(environment);
  if (warning !== undefined) log.warn('traces are not exported', { why: warning });
  if (targets.length === 0) return undefined;
  const { createTracing } = await import('./opentelemetry.ts');
  return createTracing(targets, log, options);
}

/** Make the constant properties of spans. */
export function tracingOptions({ upstream: { url, profile } }: Config, version: string): TracingOptions {
  return { version, profile, cloudUrl: url };
}

/** Read the variables that switch tracing on and off. All others are read by the libraries. */
export function tracingChoice(environment: Environment): TracingChoice {
  const valueOf = (name: string): string | undefined => environment[name]?.trim() || undefined;
  if (valueOf('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return off;
  const hasEndpoint = endpointVariables.some((name) => valueOf(name) !== undefined);
  const exporters = valueOf('OTEL_TRACES_EXPORTER') ?? (hasEndpoint ? 'otlp' : 'none');
  const names = exporters.split(',').map((name) => name.trim());
  if (names.includes('none')) return off;
  const unknown = names.find((name) => name !== 'otlp' && name !== 'console');
  if (unknown !== undefined) return { targets: [], warning: 'OTEL_TRACES_EXPORTER may be otlp, console or none' };
  const others: readonly SpanTarget[] = names.includes('console') ? ['console'] : [];
  if (!names.includes('otlp')) return { targets: others };
  const { targets, ...warning } = collectorChoice(valueOf);
  return { targets: [...targets, ...others], ...warning };
}

/** Read how spans reach the collector. */
function collectorChoice(valueOf: (name: string) => string | undefined): TracingChoice {
  const endpoint = endpointVariables.find((name) => valueOf(name) !== undefined);
  // Without a scheme, `localhost:4318` is a URL of the protocol `localhost:`, which fails at the first export only.
  if (endpoint !== undefined && !isWebUrl(valueOf(endpoint) ?? ''))
    return { targets: [], warning: `${endpoint} must be a URL that begins with http:// or https://` };
  const protocol =
    valueOf('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? valueOf('OTEL_EXPORTER_OTLP_PROTOCOL') ?? 'http/protobuf';
  if (protocol === 'http/protobuf' || protocol === 'http/json') return { targets: [protocol] };
  const warning =
    'OTEL_EXPORTER_OTLP_PROTOCOL may be http/protobuf or http/json, which collectors receive at port 4318';
  return { targets: [], warning };
}

function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

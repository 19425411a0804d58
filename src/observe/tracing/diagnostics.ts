import type { Environment } from '../../config/environment.ts';
import type { Log } from '../log.ts';

/** The longest message that is logged, in characters, and the most different messages. */
const longestMessage = 300;
const mostMessages = 20;

/** The interface of a logger that the libraries of OpenTelemetry use. */
interface Diagnostics {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
  verbose(message: string): void;
}

/**
 * Create the logger of the libraries: each message is one warning, once, because most are repeated with each batch. Secrets
 * of the OTEL_* variables are masked.
 */
export function createDiagnostics(log: Log, environment: Environment): Diagnostics {
  const seen = new Set<string>();
  const secrets = secretsOf(environment);
  const warn = (given: string): void => {
    const message = masked(given, secrets).slice(0, longestMessage);
    if (seen.has(message) || seen.size >= mostMessages) return;
    seen.add(message);
    log.warn('OpenTelemetry', { message });
  };
  return { error: warn, warn, info: ignore, debug: ignore, verbose: ignore };
}

function ignore(): void {}

function masked(message: string, secrets: readonly string[]): string {
  const withoutUser = message.replace(/\/\/[^/\s]*@/g, '//***@');
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), withoutUser);
}

/** Collect the values of header fields for the collector, which are tokens as a rule: as written, and decoded. */
function secretsOf(environment: Environment): string[] {
  const names = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'];
  return names
    .flatMap((name) => (environment[name] ?? '').split(','))
    .map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
    .flatMap((value) => (value === '' ? [] : [value, decoded(value)]));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

import type { Log } from '../log.ts';

/** The result of an export, as the libraries of OpenTelemetry write it: code 0 is success. */
export interface ExportResult {
  readonly code: number;
  readonly error?: Error;
}

/** The part of an exporter that is used here. */
export interface Exporter<S> {
  export(spans: S[], done: (result: ExportResult) => void): void;
  shutdown(): Promise<void>;
}

const success = 0;

/**
 * Log the first failure of an exporter, and its recovery with the number of spans that were lost. Each failed batch would be
 * a line otherwise, every few seconds for as long as a collector is down.
 */
export function reportFailures<S>(exporter: Exporter<S>, log: Log): Exporter<S> {
  let lost = 0;
  const onResult = (count: number, { code, error }: ExportResult): void => {
    if (code === success) {
      if (lost > 0) log.warn('traces are exported again', { lost });
      lost = 0;
      return;
    }
    if (lost === 0) log.warn('traces cannot be exported', { cause: causeOf(error) });
    lost += count;
  };
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        onResult(spans.length, result);
        done({ code: success });
      }),
    shutdown: () => exporter.shutdown(),
  };
}

/** Read the code of an error: the system's, or the status of the collector. Messages may quote what was sent. */
function causeOf(error: Error | undefined): string | undefined {
  if (error === undefined) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  return code === '' || code === 'undefined' ? error.name : code;
}

import { join } from 'node:path';
import { bodyFile } from './body-file.ts';
import type { Generator } from './generator.ts';
import { outputOf } from './program-output.ts';

const script = join(import.meta.dirname, 'wrk-report.lua');
const timeoutSeconds = 30;

interface Report {
  readonly requests: number;
  readonly microseconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: Readonly<Record<string, number>>;
}

/** Describe wrk (Debian's package): one thread, latencies in microseconds, a status above 399 is a failure. */
export function wrk(version: string): Generator {
  return {
    name: `wrk ${/\d[\d.]+/.exec(version)?.[0] ?? ''}`,
    run: async ({ url, workload, connections, seconds }, cores) => {
      const { method, path, headers, body } = workload;
      const text = await outputOf({
        command: 'wrk',
        args: [
          '-t1',
          `-c${connections}`,
          `-d${seconds}s`,
          `--timeout=${timeoutSeconds}s`,
          '--latency',
          `--script=${script}`,
          url + path,
          '--',
          method,
          body === '' ? '-' : bodyFile(body),
          ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        ],
        cores,
      });
      const line = text.split('\n').find((candidate) => candidate.startsWith('{"requests"'));
      if (line === undefined) throw new Error(`wrk printed no result: ${text.slice(0, 500)}`);
      // The cast is safe: wrk-report.lua prints this form.
      const { requests, microseconds, p50, p99, failed } = JSON.parse(line) as Report;
      const failures = Object.entries(failed).filter(([, count]) => count > 0);
      if (failures.length > 0 || requests === 0) {
        throw new Error(`${method} ${path}: of ${requests} requests failed ${JSON.stringify(failures)}`);
      }
      return { requests, perSecond: requests / (microseconds / 1e6), p50, p99 };
    },
  };
}

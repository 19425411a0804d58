import { fileURLToPath } from 'node:url';
import { bodyFile } from './body-file.ts';
import { outputOf } from './program-output.ts';
import type { Generator } from './generator.ts';

const program = fileURLToPath(import.meta.resolve('autocannon'));

interface Report {
  /** Seconds. */
  readonly duration: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly requests: { readonly total: number };
  readonly statusCodeStats: Readonly<Record<string, { readonly count: number }>>;
}

/** autocannon, which is always there; it costs about what a gateway does, and counts milliseconds. */
export const autocannon: Generator = {
  name: 'autocannon',
  run: async ({ url, exchange, connections, seconds }, cores) => {
    const { method, path, headers, body, answer } = exchange;
    const text = await outputOf({
      command: process.execPath,
      args: [
        program,
        '--json',
        '--no-progress',
        `--connections=${connections}`,
        `--duration=${seconds}`,
        `--method=${method}`,
        ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]),
        ...(body === '' ? [] : ['-i', bodyFile(body)]),
        url + path,
      ],
      cores,
    });
    // autocannon's own form, of one version.
    const { duration, errors, timeouts, requests, statusCodeStats } = JSON.parse(text) as Report;
    const statuses = Object.keys(statusCodeStats);
    if (errors > 0 || timeouts > 0 || statuses.some((status) => Number(status) !== answer.status)) {
      throw new Error(`${method} ${path}: ${errors} errors, ${timeouts} timeouts, answers of ${statuses.join(', ')}`);
    }
    return { requests: requests.total, perSecond: requests.total / duration, p50: undefined, p99: undefined };
  },
};

import { fileURLToPath } from 'node:url';
import { bodyFile } from './body-file.ts';
import type { Generator } from './generator.ts';
import { outputOf } from './program-output.ts';

const program = fileURLToPath(import.meta.resolve('autocannon'));

interface Report {
  /** In seconds. */
  readonly duration: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly requests: { readonly total: number };
  readonly statusCodeStats: Readonly<Record<string, { readonly count: number }>>;
}

/** autocannon, a dev dependency; it uses as much processor time as a gateway, and counts milliseconds. */
export const autocannon: Generator = {
  name: 'autocannon',
  run: async ({ url, workload, connections, seconds }, cores) => {
    const { method, path, headers, body, expected } = workload;
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
    // The cast is safe: package.json pins autocannon, whose --json has this form.
    const { duration, errors, timeouts, requests, statusCodeStats } = JSON.parse(text) as Report;
    const statuses = Object.keys(statusCodeStats);
    if (errors > 0 || timeouts > 0 || statuses.some((status) => Number(status) !== expected.status)) {
      throw new Error(`${method} ${path}: ${errors} errors, ${timeouts} timeouts, answers of ${statuses.join(', ')}`);
    }
    return { requests: requests.total, perSecond: requests.total / duration, p50: undefined, p99: undefined };
  },
};

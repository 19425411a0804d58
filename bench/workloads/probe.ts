import { request } from 'node:http';
import type { Workload } from './workload.ts';

/**
 * Send a request once and check the response.
 * @throws {Error} if the response is wrong
 */
export function probe(url: string, workload: Workload): Promise<void> {
  const { method, path, headers, body, expected } = workload;
  return new Promise((resolve, reject) => {
    const sent = request(
      url + path,
      { method, agent: false, headers: { ...headers, ...lengthOf(body) } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => void (text += piece));
        response.once('error', reject).once('end', () => {
          const type = response.headers['content-type'] ?? '';
          const { status, type: expectedType, contains } = expected;
          const isRight = response.statusCode === status && type === expectedType && text.includes(contains);
          if (isRight) resolve();
          else
            reject(new Error(`${method} ${path} was answered ${response.statusCode} ${type}: ${text.slice(0, 300)}`));
        });
      },
    );
    sent.once('error', reject).end(body);
  });
}

function lengthOf(body: string): Record<string, number> {
  return body === '' ? {} : { 'Content-Length': Buffer.byteLength(body) };
}

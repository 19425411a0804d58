import { request } from 'node:http';
import type { Workload } from './workload.ts';

/**
 * Sends a request once.
 * @throws {Error} where the answer is not what it must be: figures of wrong answers are worth nothing
 */
export function probe(url: string, exchange: Workload): Promise<void> {
  const { method, path, headers, body, answer } = exchange;
  return new Promise((resolve, reject) => {
    const sent = request(
      url + path,
      { method, agent: false, headers: { ...headers, ...lengthOf(body) } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => void (text += piece));
        response.once('error', reject).once('end', () => {
          const type = response.headers['content-type'] ?? '';
          const isRight = response.statusCode === answer.status && type === answer.type && text.includes(answer.holds);
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

import type { ReceivedRequest } from '../embedded-cloud/http/received-request.ts';

/** Print a request that the embedded cloud received: method, path, the header fields of the API, and the body. */
export function printReceived({ method, path, headers, body }: ReceivedRequest): void {
  const fields = ['content-type', 'openstack-api-version', 'accept']
    .filter((name) => headers[name] !== undefined)
    .map((name) => `  ${name}: ${String(headers[name])}`);
  const lines = ['The cloud received:', `  ${method} ${path}`, ...fields, ...(body === '' ? [] : ['', indented(body)])];
  console.log(`${lines.join('\n')}\n`);
}

/** Print JSON on several lines, and any other body as it is. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2).replaceAll(/^/gm, '  ');
  } catch {
    return `  ${body}`;
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { v3Answer } from '../identity/fixtures.ts';
import { asciiJson, escapeHtml, pythonRepr } from '../process/quoting.ts';
import { canaryUser, loginWords } from './secret-logins.ts';

/** Answers a request at the identity service, after its body has been read. */
export type AnswerLogin = (request: IncomingMessage, body: string, response: ServerResponse) => void;

const says =
  (status: number, write: (quoted: string) => string, headers: Readonly<Record<string, string>> = {}): AnswerLogin =>
  (request, body, response) => {
    const quoted = `${body} ${JSON.stringify(request.headers)} ${request.url}`;
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(write(quoted));
  };

const fault = (status: number, message: string): string =>
  JSON.stringify({ error: { code: status, message, title: message } });

const accepts: AnswerLogin = (request, _, response) => {
  const status = request.method === 'GET' ? 200 : 201;
  const isList = request.url?.endsWith('/auth/projects') === true;
  const headers = { 'Content-Type': 'application/json', 'X-Subject-Token': loginWords.issued };
  response.writeHead(status, headers).end(isList ? '{"projects": []}' : v3Answer({ userName: canaryUser }).body);
};

/** The behaviours of an identity service. */
export const canaryServices: Readonly<Record<string, AnswerLogin>> = {
  'accepts logins': accepts,
  'refuses with 401, and a receipt': says(401, (quoted) => fault(401, quoted), {
    'Openstack-Auth-Receipt': loginWords.receipt,
  }),
  'quotes the request as JSON': says(400, (quoted) => fault(400, quoted)),
  'quotes the request in ASCII': says(403, (quoted) => asciiJson({ error: { code: 403, message: quoted } })),
  'quotes the request as Python does': says(400, (quoted) =>
    fault(400, `On instance: ${pythonRepr({ auth: quoted })}`),
  ),
  'quotes the request in a page': says(500, (quoted) => `<html>${escapeHtml(quoted)}</html>`, {
    'Content-Type': 'text/html',
  }),
  'quotes the request in base64': says(404, (quoted) => fault(404, Buffer.from(quoted).toString('base64'))),
  'echoes the request as its answer': says(201, (quoted) => quoted, { 'X-Subject-Token': `${loginWords.issued} x` }),
  'echoes the request as a token': says(
    201,
    (quoted) => JSON.stringify({ token: { user: quoted, expires_at: quoted } }),
    { 'X-Subject-Token': loginWords.issued },
  ),
  'redirects with the request': (request, _, response) => {
    const location = `http://127.0.0.1:1/${loginWords.issued}?${encodeURIComponent(String(request.headers['x-auth-token']))}`;
    response.writeHead(302, { Location: location }).end();
  },
  'gives tokens as ids of the request': says(201, () => v3Answer({ userName: canaryUser }).body.toString(), {
    'X-Subject-Token': loginWords.issued,
    'X-OpenStack-Request-ID': loginWords.issued,
    'X-Compute-Request-Id': loginWords.issued,
  }),
  'names secrets in Retry-After': says(503, (quoted) => fault(503, quoted), { 'Retry-After': loginWords.issued }),
  'breaks off': (request, body, response) => {
    response.writeHead(201, { 'Content-Length': '9000', 'X-Subject-Token': loginWords.issued });
    response.write(body, () => request.socket.destroy());
  },
  'hangs up': (request) => void request.socket.destroy(),
  'is silent': () => undefined,
};

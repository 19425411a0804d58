import { readFileSync } from 'node:fs';
import { request as plainRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as tlsRequest, type Agent } from 'node:https';
import type { SecureVersion, TLSSocket } from 'node:tls';
import type { Issued } from '../promises/certificates.ts';
import { inTime } from '../support/in-time.ts';

/** A request to the admin port. */
export interface AdminCall {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The client certificate, if there is one. */
  readonly client?: Issued;
  /** The only version of TLS. */
  readonly version?: SecureVersion;
  /** The session of an earlier connection, to be resumed. */
  readonly session?: Buffer | undefined;
  /** The connections to use; without it the request has one of its own. */
  readonly agent?: Agent;
}

/** An answer of the admin port, with the facts of its connection. */
export interface AdminReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The last session that the server issued on the connection. */
  readonly session: Buffer | undefined;
  readonly isResumed: boolean;
  /** The subject of the server's certificate. */
  readonly subject: string | undefined;
}

/** Make the field that has the token. */
export function bearer(token: string): { readonly Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}

/** Call the admin port, and read the whole answer. The server's certificate is not verified. */
export function callAdmin(url: string, path: string, given: AdminCall = {}): Promise<AdminReply> {
  const { method = 'GET', headers = {}, client, version, session, agent = false } = given;
  const options = { method, headers: { ...headers }, path };
  const secure = {
    rejectUnauthorized: false,
    ...(client && { cert: readFileSync(client.certFile), key: readFileSync(client.keyFile) }),
    ...(version && { minVersion: version, maxVersion: version }),
    ...(session && { session }),
  };
  const replied = new Promise<AdminReply>((resolve, reject) => {
    let issued: Buffer | undefined;
    const receive = (answer: IncomingMessage): void => {
      const socket = answer.socket as Partial<TLSSocket>;
      const [isResumed, subject] = [
        socket.isSessionReused?.() ?? false,
        socket.getPeerCertificate?.().subject?.CN?.toString(),
      ];
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.once('error', reject).once('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body, session: issued, isResumed, subject });
      });
    };
    const request = url.startsWith('https:')
      ? tlsRequest(url, { ...options, ...secure, agent }, receive)
      : plainRequest(url, { ...options, agent: false }, receive);
    request.on('socket', (socket) => socket.on('session', (given: Buffer) => (issued = given)));
    request.once('error', reject).end();
  });
  return inTime(replied, 'the admin port does not answer');
}

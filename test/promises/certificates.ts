import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import type { AddressInfo } from 'node:net';

/** A certificate and its key, as files. */
export interface Issued {
  readonly certFile: string;
  readonly keyFile: string;
}

/** The contents of a certificate. */
export interface Wanted {
  /** The names in it, as openssl writes them. */
  readonly names?: string;
  readonly days?: number;
}

/** Files of TLS for a test, in a folder of their own. */
export interface Certificates {
  /** An authority of this name. */
  authority(name: string): Issued;
  issue(authority: Issued, subject: string, wanted?: Wanted): Issued;
  /** A file with this content. */
  file(name: string, content: string | Buffer): string;
  remove(): void;
}

const local = 'IP:127.0.0.1,DNS:localhost';

/** Make a folder for certificates; openssl makes what is in it. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-tls-'));
  let count = 0;
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const fresh = (): Issued => {
    count += 1;
    return { certFile: join(folder, `${count}.crt`), keyFile: join(folder, `${count}.key`) };
  };
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  return {
    authority: (name) => {
      const made = fresh();
      const self = ['req', '-x509', '-days', '2', '-subj', `/CN=${name}`, '-addext', 'keyUsage=keyCertSign,cRLSign'];
      openssl(...self, ...newKey, '-keyout', made.keyFile, '-out', made.certFile);
      return made;
    },
    issue: (authority, subject, { names = local, days = 2 } = {}) => {
      const made = fresh();
      const request = `${made.certFile}.csr`;
      const extensions = `${made.certFile}.ext`;
      writeFileSync(extensions, `subjectAltName=${names}\n`);
      openssl('req', '-new', '-subj', `/CN=${subject}`, ...newKey, '-keyout', made.keyFile, '-out', request);
      const sign = ['x509', '-req', '-in', request, '-CA', authority.certFile, '-CAkey', authority.keyFile];
      openssl(...sign, '-CAcreateserial', '-days', String(days), '-extfile', extensions, '-out', made.certFile);
      return made;
    },
    file: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** A cloud that speaks TLS, and what came to it in plain text. */
export interface TlsCloud {
  readonly url: string;
  /** Method and path of each request, with the subject of the caller's certificate where it gave one. */
  readonly received: string[];
  /** Serve other certificates on connections that are opened from now on. */
  present(options: TlsOptions): void;
  stop(): Promise<void>;
}

const answer = '{"server":{"id":"s","name":"n","status":"ACTIVE","metadata":{},"addresses":{},"links":[]}}';

/** Start such a cloud on a free port of the loopback. */
export async function startTlsCloud(options: TlsOptions): Promise<TlsCloud> {
  const received: string[] = [];
  const server: Server = createServer(options, (request, response) => {
    const socket = request.socket as unknown as { getPeerCertificate?: () => { subject?: { CN?: string } } };
    const subject = socket.getPeerCertificate?.().subject?.CN;
    received.push(`${request.method} ${request.url}${subject === undefined ? '' : ` by ${subject}`}`);
    request.resume();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(answer);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    received,
    present: (other) => server.setSecureContext(other),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

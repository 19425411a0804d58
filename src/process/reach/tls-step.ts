import type { PeerCertificate, TLSSocket } from 'node:tls';
import { createConnector, goalOf, type CloudRoute } from '../../http/cloud/connect/connector.ts';
import { codeOf, printable, type Finding } from './finding.ts';

const step = 'TLS';
const dayMs = 86_400_000;
/** The days before the expiry of a certificate in which the operator is advised to renew it. */
const soonDays = 14;

/** The mends of the errors of OpenSSL and node; the first whose pattern fits. */
const mends: readonly (readonly [RegExp, string])[] = [
  // Alerts of the cloud are about the certificate of the gateway; the others are about that of the cloud.
  [
    /ALERT_(?:CERTIFICATE_(?:EXPIRED|REVOKED|UNKNOWN)|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)/,
    'the cloud refuses the client certificate: have that in upstream.tls.certFile renewed, by an authority that the cloud knows',
  ],
  [/^PROXY_/, 'the proxy opens no tunnel to the cloud: check upstream.proxy'],
  [
    /CERT_HAS_EXPIRED/,
    "the cloud's certificate, or one that signed it, has expired: have it renewed, and check the clock of this machine",
  ],
  [/NOT_YET_VALID/, "the cloud's certificate is not valid yet: check the clock of this machine"],
  [
    /SELF_SIGNED|UNABLE_TO|CERT_UNTRUSTED/,
    'no known authority signed it: set upstream.tls.caFile to a file with its authority',
  ],
  [
    /ALTNAME/,
    'it is for another host: correct upstream.url, or set upstream.tls.serverName to a name in the certificate',
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST/,
    'the port does not speak TLS: write http in upstream.url, or name another port',
  ],
  [/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/, 'the cloud speaks no version of TLS that upstream.tls.minVersion allows'],
  [
    /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNKNOWN_CA/,
    'the cloud may require a client certificate, or another one: set upstream.tls.certFile and upstream.tls.keyFile',
  ],
];

/** Find the mend of an error in TLS, by its code. */
export function tlsMend(code: string): string | undefined {
  return mends.find(([pattern]) => pattern.test(code))?.[1];
}

/**
 * Connect as the pools do, through the proxy if there is one, and describe the certificate. The verification does not end the
 * handshake, so that an expired or unknown certificate can be described.
 */
export function speakTls(origin: URL, { tls, proxy, connectTimeoutMs }: CloudRoute): Promise<Finding> {
  const describing = { ...tls, rejectUnauthorized: false };
  const connect = createConnector({ tls: describing, proxy, connectTimeoutMs });
  return new Promise((resolve) => {
    connect(goalOf(origin), (error, socket) => {
      if (error !== null) {
        resolve({ step, isOk: false, text: explain(error, connectTimeoutMs) });
        return;
      }
      socket.on('error', () => undefined);
      const [isOk, text] = describe(socket as TLSSocket, tls.rejectUnauthorized);
      socket.destroy();
      resolve({ step, isOk, text });
    });
  });
}

function explain(error: Error, timeoutMs: number): string {
  const code = codeOf(error);
  if (code.includes('TIMEOUT')) return `no handshake within ${timeoutMs} ms: the port may not speak TLS`;
  return `no handshake (${code}): ${tlsMend(code) ?? 'check that the port of upstream.url speaks TLS'}`;
}

function describe(secure: TLSSocket, isVerified: boolean): [isOk: boolean, text: string] {
  const certificate = secure.getPeerCertificate();
  // A connector for https returns a TLS socket.
  const seen = `${secure.getProtocol() ?? 'TLS'}, ${describeCertificate(certificate)}`;
  // Node's types call this an Error; it is the error's code.
  const error: unknown = secure.authorizationError;
  if (secure.authorized || !error) return [true, seen];
  const code = typeof error === 'string' ? error : codeOf(error);
  if (!isVerified) return [true, `${seen}; not verified (${code}), because upstream.tls.verify is off`];
  const names = code.includes('ALTNAME') ? `; it is for ${printable(certificate.subjectaltname ?? 'no name')}` : '';
  return [false, `${seen}${names} (${code}): ${tlsMend(code) ?? 'the certificate cannot be verified'}`];
}

function describeCertificate({ subject, valid_to: validTo }: PeerCertificate): string {
  // A server without a certificate, as with pre-shared keys, has an empty one.
  const expiry = new Date(validTo);
  if (Number.isNaN(expiry.getTime())) return 'no certificate';
  const days = Math.floor((expiry.getTime() - Date.now()) / dayMs);
  const name = printable(
    Object.values(subject.CN ?? subject)
      .flat()
      .join('')
      .trim() || 'without a subject',
  );
  const date = expiry.toISOString().slice(0, 10);
  if (days < 0) return `certificate ${name}, expired on ${date}`;
  return `certificate ${name}, until ${date} (${days} days left${days < soonDays ? ': have it renewed soon' : ''})`;
}

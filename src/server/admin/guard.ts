import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config/settings.ts';
import type { AdminMetrics } from '../../observe/admin-counter.ts';
import { plainAnswer, type AdminAnswer } from './pages.ts';

/** A way to prove that the sender of a request may see more than health and metrics. */
export interface Proof {
  readonly isProven: (request: IncomingMessage) => boolean;
}

/** The guard of the pages that are not open. */
export interface Guard {
  /** False if no setting asks for a proof: then these pages are shown to nobody. */
  readonly isSet: () => boolean;
  /** Check a request without counting it. */
  readonly isProven: Proof['isProven'];
  /** Returns undefined for a request that may pass, else the answer to it. */
  readonly refusalOf: (request: IncomingMessage) => AdminAnswer | undefined;
}

/**
 * Create the guard. Each proof is enough by itself, as for the API of Kubernetes: people have the token, machines a certificate,
 * and who changes from one to the other has both for a while.
 * @param settings returns the settings in use
 */
export function createGuard(settings: () => Config['admin'], proofs: readonly Proof[], metrics: AdminMetrics): Guard {
  const isProven: Guard['isProven'] = (request) => proofs.some((proof) => proof.isProven(request));
  const refusalOf: Guard['refusalOf'] = (request) => {
    if (isProven(request)) return undefined;
    metrics.countUnproven();
    const text = `refused: ${wantedBy(settings()).join(', or ')}`;
    // Each guess costs a connection.
    const close = { Connection: 'close' };
    if (settings().tokenFile === '') return plainAnswer(403, text, close);
    return plainAnswer(401, text, { ...close, 'WWW-Authenticate': challengeTo(request) });
  };
  return { isSet: () => wantedBy(settings()).length > 0, isProven, refusalOf };
}

/** List the proofs that settings ask for, as sentences for people. */
function wantedBy({ tokenFile, tls: { clientCaFile } }: Config['admin']): readonly string[] {
  return [
    ...(tokenFile === '' ? [] : ['send the token of admin.tokenFile (Authorization: Bearer TOKEN)']),
    ...(clientCaFile === '' ? [] : ['use a client certificate of an authority in admin.tls.clientCaFile']),
  ];
}

/** The challenge of RFC 6750; it names an error only if the request has a token. */
function challengeTo({ headers: { authorization } }: IncomingMessage): string {
  const challenge = 'Bearer realm="legacy-compute-gateway admin"';
  return bearerOf(authorization) === undefined ? challenge : `${challenge}, error="invalid_token"`;
}

/** Find the token in a field Authorization. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** The answer to who asks for what is guarded, where no setting asks for a proof. */
export const unguarded = plainAnswer(
  403,
  'refused: only those are shown this page who have the token of admin.tokenFile, or a client certificate of an authority in admin.tls.clientCaFile; set one of them',
);

/** The faults of the legacy API: the names of their documents, their default messages, and the faults of the gateway. */

import type { FaultReason } from './fault-reasons.ts';

/** The name of a fault's document, by status; `computeFault` for any other status. */
const names: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
};

const malformed = 'The server could not comply with the request since it is either malformed or otherwise incorrect.';
const erred = 'The server has either erred or is incapable of performing the requested operation.';

/** The default messages by status: those of WebOb, which legacy Nova used. Any other status has one of the two above. */
const messages: Readonly<Record<number, string>> = {
  401:
    'This server could not verify that you are authorized to access the document you requested. Either you supplied ' +
    'the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.',
  402: 'Access was denied for financial reasons.',
  403: 'Access was denied to this resource.',
  404: 'The resource could not be found.',
  407: 'Authentication with a local proxy is needed.',
  408: 'The server has waited too long for the request to be sent by the client.',
  409: 'There was a conflict when trying to complete your request.',
  410: 'This resource is no longer available. No forwarding address is given.',
  411: 'Content-Length header required.',
  412: 'Request precondition failed.',
  413: 'The body of your request was too large for this server.',
  414: 'The request URI was too long for this server.',
  416: 'The Range requested is not available.',
  417: 'Expectation failed.',
  422: 'Unable to process the contained instructions',
  423: 'The resource is locked',
  428: 'This request is required to be conditional',
  429: 'The client has sent too many requests in a given amount of time',
  431: 'The request header fields were too large',
  451: 'The resource is not available due to legal reasons.',
  502: 'Bad gateway.',
  503: 'The server is currently unavailable. Please try again at a later time.',
  504: 'The gateway has timed out.',
  505: 'The HTTP version is not supported.',
  507: 'There was not enough space to save the resource',
  511: 'Network authentication is required',
};

/** The status that is logged for a request whose caller closed the connection (a convention of nginx). */
export const callerGone = 499;

/** The Retry-After of a busy gateway, in seconds. */
const busySeconds = '1';

/** The statuses whose documents have a member `retryAfter`. */
const retryStatuses: ReadonlySet<number> = new Set([413, 429]);

/** The parts of a fault besides its status and message. */
interface FaultDetails {
  /** The reason, for the log and the metrics. */
  readonly reason: FaultReason;
  /** The value of Retry-After, in seconds or as a date. */
  readonly retryAfter?: string | undefined;
  /** Leave the charset out of Content-Type, as legacy Nova did for quotas. */
  readonly isBare?: boolean;
  /** Header fields that the answer must have, such as WWW-Authenticate. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The error that caused the fault, for the log only. */
  readonly cause?: unknown;
  /** The path of the member that is wrong, for the log. */
  readonly member?: string;
  /** The end of the message: that the cloud may have acted. It is left out for a method that changes nothing. */
  readonly consequence?: string;
}

/** An error that is answered as a fault of the legacy API. Callers see its status and message, never its cause. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly status: number;
  readonly reason: FaultReason;
  readonly retryAfter: string | undefined;
  readonly isBare: boolean;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly member: string | undefined;
  readonly #details: FaultDetails;

  constructor(status: number, message: string | undefined, details: FaultDetails) {
    const text = message ?? defaultMessage(status);
    super(details.consequence === undefined ? text : `${text} ${details.consequence}`, { cause: details.cause });
    this.#details = details;
    this.status = status;
    this.reason = details.reason;
    this.retryAfter = details.retryAfter;
    this.isBare = details.isBare === true;
    this.headers = details.headers ?? {};
    this.member = details.member;
  }

  /** The name of the root of the fault's document. */
  get title(): string {
    return names[this.status] ?? 'computeFault';
  }

  /** Return the fault for a safe method (RFC 9110, 9.2.1): a read that failed cannot have changed anything at the cloud. */
  forReading(): Fault {
    const { consequence, ...details } = this.#details;
    if (consequence === undefined) return this;
    return new Fault(this.status, this.message.slice(0, -consequence.length - 1), details);
  }

  /** Return the fault for a request of which the cloud has received a part: some clouds act before they read a body. */
  afterSending(): Fault {
    const consequence = 'The cloud may have acted on it.';
    return new Fault(this.status, this.message, { ...this.#details, consequence });
  }

  /** The member `retryAfter` of the document, in seconds; legacy Nova wrote it for 413 and 429 only. */
  get documentedRetryAfter(): string | undefined {
    if (this.retryAfter === undefined || !retryStatuses.has(this.status)) return undefined;
    return secondsUntil(this.retryAfter);
  }

  /** Make the fault for a member that breaks a rule: 400. @param rule the end of a sentence that starts with the path */
  static invalid(path: string, rule: string): Fault {
    return new Fault(400, `${path}: ${rule}`, { reason: 'invalid-member', member: path });
  }

  /** Make the fault for a body that is not well-formed: 400, with legacy Nova's message. */
  static malformed(detail?: string): Fault {
    const message = 'Malformed request body';
    return new Fault(400, detail === undefined ? message : `${message}: ${detail}`, { reason: 'malformed-body' });
  }

  /** Make the fault for a body whose root is not that of its message: 400, or the status of the message. */
  static otherRoot({ root, mismatch = 400 }: { readonly root: string; readonly mismatch?: number }): Fault {
    const message = mismatch === 400 ? `Malformed request body: it has no ${root}` : undefined;
    return new Fault(mismatch, message, { reason: 'malformed-body' });
  }

  /** Make the fault for a caller that closed the connection: 499, for the log only. */
  static callerGone(cause?: unknown): Fault {
    return new Fault(callerGone, 'The caller has gone.', { reason: 'caller-gone', cause });
  }

  /** Make the fault for a limit of the gateway: 503 with Retry-After. @param why the end of a sentence that starts with `The gateway` */
  static busy(why: string): Fault {
    const message = `The gateway ${why}. Nothing was sent to the cloud.`;
    return new Fault(503, message, { reason: 'gateway-busy', retryAfter: busySeconds });
  }

  /** Convert any error to a fault. Errors of Express keep their status; any other error is a defect of the gateway: 500. */
  static from(error: unknown): Fault {
    if (error instanceof Fault) return error;
    if (isHttpError(error)) return new Fault(error.status, undefined, { reason: 'http', cause: error });
    return new Fault(500, undefined, { reason: 'internal', cause: error });
  }
}

/** Convert a Retry-After to seconds: clients of legacy Nova read a number there, never a date. */
function secondsUntil(retryAfter: string): string {
  if (/^\d+$/.test(retryAfter)) return retryAfter;
  return String(Math.max(0, Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000)));
}

function defaultMessage(status: number): string {
  return messages[status] ?? (status < 500 ? malformed : erred);
}

/** Recognize an error of the package http-errors, which Express throws. */
function isHttpError(error: unknown): error is Error & { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status >= 400;
}

/** Find the code of the innermost cause that has one. Codes come from node, undici and OpenSSL; messages may quote secrets. */
export function causeCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const [first] = error instanceof AggregateError ? error.errors : [];
  const inner = causeCodeOf(error.cause) ?? causeCodeOf(first);
  if (inner !== undefined || !('code' in error)) return inner;
  return /^[A-Z][A-Z0-9_]{1,63}$/.test(String(error.code)) ? String(error.code) : undefined;
}

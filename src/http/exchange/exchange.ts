import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import { pathFactsOf, type PathFacts } from '../../compute/path-facts.ts';
import type { ServerSpan } from '../../observe/tracing/tracing.ts';
import type { Fault } from '../../fault.ts';
import type { MediaType } from '../../media/media-type.ts';
import type { RetirementInForce } from '../../retirement/in-force.ts';
import type { Need } from '../../need-reasons.ts';
import { connectionOf, type Connection } from './connection.ts';
import { EndSignal } from './end.ts';
import { createAccount, type Account } from './account/account.ts';
import { callersOrigin, type CallersOrigin } from './proxies/callers-origin.ts';
import type { TrustedProxies } from './proxies/trusted-proxies.ts';
import type { Region } from './region.ts';
import { noNeeds } from './needs/needs.ts';
import { remembered } from './recent/remembered.ts';
import { createTrace, type Trace } from './trace.ts';

/** A request body, or its beginning if `isWhole` is false: the rest is unread then. */
export interface ReceivedBody {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/** A fault as a document of another API than compute. */
export interface FaultDocument {
  readonly text: string;
  /** The exact Content-Type. */
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The time limits of sending an answer, in milliseconds. */
export interface AnswerTimes {
  /** The time that a long answer may hold the event loop without a pause. */
  readonly timeSliceMs: number;
  /** The time limit for reading the rest of a request after an early answer. */
  readonly unreadBodyMs: number;
}

const recentFacts = remembered(pathFactsOf);

/**
 * One request of a caller with all its state until the answer has been sent. It is a field of the response, because a look-up
 * in a map would cost more than the whole trace.
 */
export class Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly connection: Connection;
  readonly times: AnswerTimes;
  readonly trace: Trace = createTrace();
  /** The reasons for which the caller needs the gateway. Add them with `addNeed`. */
  needs: readonly Need[] = noNeeds;
  /** The signal that is aborted when the response closes or the deadline passes; all work for the exchange stops then. */
  readonly end = new EndSignal();
  /** The part of the body that was read before it was clear that the request is forwarded. It is sent first. */
  received: ReceivedBody | undefined;
  /** The media type of the answer to a forwarded call of this API, chosen before forwarding changes the fields that decide it. */
  replyType: MediaType | undefined;
  /** The retirement file in use; undefined without one. */
  retirement: RetirementInForce | undefined;
  /** The span of the exchange; undefined without tracing. */
  span: ServerSpan | undefined;
  /** The Accept-Encoding of a forwarded call of this API, for which the cloud is asked for none. */
  acceptedCodings: string | undefined;
  /** True if the request came in at a port of the Identity API. */
  isAtIdentityPort = false;
  /** The function that writes a fault as a document of its own API; undefined for compute. */
  ownFault: ((fault: Fault) => FaultDocument) | undefined;
  /** The region that the request names by its path or host; undefined for the cloud of requests that name none. */
  region: Region | undefined;
  /** The reason, for the caller, why the request belongs to no region: it is refused with 404. */
  regionRefusal: string | undefined;
  /** The request target if it is invalid: the request is refused with 400. */
  refusedTarget: string | undefined;
  readonly #onClose: (() => void)[] = [];
  readonly #proxies: TrustedProxies;
  #origin: CallersOrigin | undefined;
  #facts: PathFacts | undefined;
  #account: Account | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, times: AnswerTimes, proxies: TrustedProxies) {
    // The server's classes inherit from Express's prototypes (express-classes.ts).
    this.request = request as Request;
    this.response = response as Response;
    this.connection = connectionOf(request.socket);
    this.times = times;
    this.#proxies = proxies;
    response.once('close', () => this.#close());
  }

  /**
   * Call a function when the response has closed, after the end of the exchange. A listener of the response for each of them would cost
   * an object and two closures.
   */
  onClose(listener: () => void): void {
    this.#onClose.push(listener);
  }

  #close(): void {
    this.end.abort();
    for (const listener of this.#onClose) listener();
  }

  /** The origin of the request, read when it is first asked for: forwarding changes the header fields that describe it. */
  get origin(): CallersOrigin {
    this.#origin ??= callersOrigin(this.connection.peer, this.request.headers, this.#proxies);
    return this.#origin;
  }

  /** The IP address of the caller, which trusted proxies name; `''` if it called by the unix socket. */
  get client(): string {
    return this.origin.client;
  }

  /** The facts of the request target as the caller wrote it. */
  get facts(): PathFacts {
    this.#facts ??= recentFacts(this.request.originalUrl);
    return this.#facts;
  }

  /** Set the project of a request whose path has none. */
  setProject(project: string): void {
    this.#facts = { ...this.facts, project };
  }

  /** The account whose share of the turns the exchange uses; its own until it is known. */
  get account(): Account {
    this.#account ??= createAccount();
    return this.#account;
  }

  set account(account: Account) {
    this.#account = account;
  }
}

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { operationsByName } from '../../compute/operations/operations.ts';
import type { Config } from '../../config/settings.ts';
import { callNeeds } from '../../http/answer/call-needs.ts';
import { sendFault } from '../../http/answer/send-fault.ts';
import type { Need } from '../../need-reasons.ts';
import { Exchange, type AnswerTimes } from '../../http/exchange/exchange.ts';
import { acceptable, createOriginForm } from '../../http/exchange/origin-form.ts';
import { trustedProxies, type TrustedProxies } from '../../http/exchange/proxies/trusted-proxies.ts';
import { operationNameOf } from '../../http/exchange/settle-needs.ts';
import { headerFields } from '../../http/exchange/rules/header-fields.ts';
import type { Step } from '../../http/exchange/step.ts';
import { membersOf } from '../../upstream/profile.ts';
import { createOfflineRoads, type OfflineRoads } from './offline-roads.ts';
import { createOfflineServer, exchangeWith } from './offline-server.ts';
import { RecordingPool, type GivenAnswer, type RecordedRequest } from './recording-pool.ts';

/** The way of one request through the gateway. */
export interface OfflineExchange {
  readonly trace: Exchange['trace'];
  /** The name of the operation or of the call that is forwarded; undefined for a request that was refused before it was known. */
  readonly operation: string | undefined;
  readonly needs: readonly Need[];
  /** The requests by which the gateway reads before it sends the caller's. */
  readonly before: readonly RecordedRequest[];
  /** The request that the cloud would get; undefined if none is sent. */
  readonly sent: RecordedRequest | undefined;
  /** The answer to the caller, as on the wire. If a request is sent, it only says that there is no cloud. */
  readonly answer: Buffer;
}

/** The handling of an exchange. @throws {Fault} which is the answer to the caller */
export type OfflineTask = (exchange: Exchange) => Promise<void>;

/** A gateway without ports and without a cloud, which handles one request after the other by the code that serves. */
export class OfflineGateway {
  readonly roads: OfflineRoads;
  readonly #fallback: Config['reply']['default'];
  readonly #server: Server;
  readonly #pool: RecordingPool;
  readonly #steps: readonly Step[];
  readonly #times: AnswerTimes;
  readonly #proxies: TrustedProxies;
  #task: OfflineTask;
  #current: Exchange | undefined;
  #defect: unknown;

  constructor(config: Config) {
    this.#fallback = config.reply.default;
    this.#pool = new RecordingPool((request) => this.#answerTo(request));
    this.roads = createOfflineRoads(config, this.#pool);
    // Those of src/server/app/app.ts that depend on the request alone.
    const toOriginForm = createOriginForm(config.public.url);
    this.#steps = [
      toOriginForm,
      callNeeds(this.#fallback),
      acceptable(),
      headerFields(config.request.maxHeaderLineBytes),
    ];
    this.#times = { timeSliceMs: config.exchanges.timeSliceMs, unreadBodyMs: 0 };
    this.#proxies = trustedProxies(config.trusted.proxies, config.trusted.fields);
    this.#task = this.#pass;
    this.#server = createOfflineServer(config.request.maxHeaderBytes, (request, response) => {
      void this.#handle(request, response);
    });
  }

  /**
   * Handle the bytes of one request. @param task the handling; by default that of a gateway that serves
   * @throws {UnreadableRequest} for bytes that are no request of HTTP
   */
  async exchange(bytes: Buffer, task: OfflineTask = this.#pass): Promise<OfflineExchange> {
    this.#pool.recorded.length = 0;
    this.#current = undefined;
    this.#task = task;
    const answer = await exchangeWith(this.#server, bytes);
    const exchange = this.#handled();
    const { trace, request, needs } = exchange;
    const operation = operationNameOf(exchange);
    const isBefore = ({ method }: RecordedRequest): boolean => method === 'GET' && request.method !== 'GET';
    const recorded = [...this.#pool.recorded];
    const sent = recorded.find((each) => !isBefore(each));
    const before = recorded.filter(isBefore);
    return { trace, operation, needs: withoutAnswer(needs, trace, sent), before, sent, answer };
  }

  /** Return the exchange that has been handled. @throws the defect that ended it */
  #handled(): Exchange {
    if (this.#current === undefined || this.#defect !== undefined) throw this.#defect;
    return this.#current;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new Exchange(request, response, this.#times, this.#proxies);
    this.#current = exchange;
    try {
      await this.#task(exchange);
    } catch (error) {
      const fault = sendFault(error, exchange, this.#fallback);
      if (fault.reason === 'internal') this.#defect = error;
    }
  }

  readonly #pass: OfflineTask = async (exchange) => {
    const { recognizeIdentity, translate, forward } = this.roads;
    const [toOriginForm, ...steps] = this.#steps;
    toOriginForm?.(exchange);
    const answerIdentity = recognizeIdentity(exchange);
    for (const step of steps) step(exchange);
    if (answerIdentity !== undefined) return answerIdentity();
    return (await translate(exchange)) ? undefined : forward(exchange);
  };

  /** Answer a read of the resource before its change: it has none of the values that the request is joined to. */
  #answerTo({ method }: RecordedRequest): GivenAnswer | undefined {
    const { request, trace } = this.#current ?? {};
    const operation = operationsByName.get(trace?.operation ?? '');
    if (method !== 'GET' || request?.method === 'GET' || operation?.answer === undefined) return undefined;
    const treatments = Object.values(membersOf(this.roads.context.profile, operation));
    const present = treatments.flatMap((treatment) =>
      treatment.kind === 'carry' && treatment.present !== undefined ? [[treatment.present, null] as const] : [],
    );
    return { status: 200, body: JSON.stringify({ [operation.answer.root]: Object.fromEntries(present) }) };
  }
}

/** Leave out the need for XML where the operation has no document that would be written in XML. */
function withoutAnswer(
  needs: readonly Need[],
  { operation = '' }: Exchange['trace'],
  sent: RecordedRequest | undefined,
): readonly Need[] {
  const described = operationsByName.get(operation);
  const hasDocument = described === undefined || described.answer !== undefined || sent === undefined;
  return hasDocument ? needs : needs.filter((need) => need !== 'xml-answer');
}

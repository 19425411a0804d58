import type { Config } from '../../config/settings.ts';
import type { AnswerLimits } from '../../http/answer/answer-limits.ts';
import type { Connections } from '../../http/cloud/connect/connections.ts';
import type { Budget } from '../../http/exchange/budget.ts';
import type { Capacity, CapacityName } from '../../observe/capacities.ts';
import type { Turns } from './turns.ts';

/** The capacities of the request handler. The connections of callers are those of the server. */
export type AppCapacities = Readonly<Record<Exclude<CapacityName, 'gateway_connections'>, Capacity>>;

/** The parts of the request handler whose use is limited. */
interface Limited {
  readonly cloud: Connections;
  readonly requests: Budget;
  readonly answers: AnswerLimits;
  readonly turns: Turns;
}

/** List the use and the limit of each capacity of the request handler. They are read when the metrics are. */
export function capacitiesOf(
  { connections, upstream }: Config,
  { cloud, requests, answers: { budget, unsentBytes, longAnswers }, turns: { translated } }: Limited,
): AppCapacities {
  return {
    gateway_turns: { used: () => translated.usage().taken, limit: translated.limits.max },
    gateway_waiting: { used: () => translated.usage().waiting, limit: translated.limits.maxWaiting },
    gateway_request_body_bytes: { used: () => requests.held, limit: requests.most },
    gateway_answer_bytes: { used: () => budget.held, limit: budget.most },
    gateway_unsent_bytes: { used: unsentBytes, limit: connections.maxUntakenBytes },
    gateway_long_answers: { used: () => longAnswers.usage().taken, limit: longAnswers.limits.max },
    gateway_cloud_connections: { used: () => cloud.translated.connected, limit: upstream.connections },
    gateway_cloud_forward_connections: { used: () => cloud.forwarded.connected },
  };
}

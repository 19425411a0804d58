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
  { exchanges, connections, upstream }: Config,
  { cloud, requests, answers, turns }: Limited,
): AppCapacities {
  return {
    gateway_turns: {
      used: () => turns.translated.usage().taken,
      limit: Math.min(exchanges.max, upstream.connections),
    },
    gateway_waiting: { used: () => turns.translated.usage().waiting, limit: exchanges.maxWaiting },
    gateway_request_body_bytes: { used: () => requests.held, limit: requests.most },
    gateway_answer_bytes: { used: () => answers.budget.held, limit: answers.budget.most },
    gateway_unsent_bytes: { used: answers.unsentBytes, limit: connections.maxUntakenBytes },
    gateway_long_answers: { used: () => answers.longAnswers.usage().taken, limit: exchanges.maxLongAnswers },
    gateway_cloud_connections: { used: () => cloud.translated.connected, limit: upstream.connections },
    gateway_cloud_forward_connections: { used: () => cloud.forwarded.connected },
  };
}

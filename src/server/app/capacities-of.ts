import type { Capacity, CapacityName } from '../../observe/capacities.ts';
import type { Apps } from './apps.ts';

/**
 * List the use and the limit of each capacity. They are read when the metrics are.
 * @param callers returns the number of open connections of callers
 */
export function capacitiesOf(apps: Apps, callers: () => number): Readonly<Record<CapacityName, Capacity>> {
  const { requests, answers, turns } = apps.limits;
  const { budget, unsentBytes, longAnswers } = answers;
  const { translated } = turns;
  const connected = (road: 'translated' | 'forwarded') => (): number =>
    apps.all
      .flatMap(({ connections, regionConnections }) => [connections, ...regionConnections.values()])
      .reduce((sum, connections) => sum + connections[road].connected, 0);
  return {
    gateway_connections: { used: callers, limit: () => apps.config.connections.max },
    gateway_turns: { used: () => translated.usage().taken, limit: () => translated.limits.max },
    gateway_waiting: { used: () => translated.usage().waiting, limit: () => translated.limits.maxWaiting },
    gateway_request_body_bytes: { used: () => requests.held, limit: () => requests.most },
    gateway_answer_bytes: { used: () => budget.held, limit: () => budget.most },
    gateway_unsent_bytes: { used: unsentBytes, limit: () => apps.config.connections.maxUntakenBytes },
    gateway_long_answers: { used: () => longAnswers.usage().taken, limit: () => longAnswers.limits.max },
    gateway_cloud_connections: { used: connected('translated'), limit: () => apps.config.upstream.connections },
    gateway_cloud_forward_connections: { used: connected('forwarded') },
  };
}

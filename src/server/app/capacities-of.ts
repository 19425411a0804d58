import type { Capacity, CapacityName } from '../../observe/capacities.ts';
import type { RegionValue } from '../../observe/prometheus.ts';
import type { App } from './app.ts';
import type { Apps } from './apps.ts';
import { regionNames } from './assign-region.ts';
import type { CloudTurns } from './turns.ts';

/**
 * List the use and the limit of each capacity. They are read when the metrics are.
 * @param callers returns the number of open connections of callers
 */
export function capacitiesOf(apps: Apps, callers: () => number): Readonly<Record<CapacityName, Capacity>> {
  const { requests, answers, turns } = apps.limits;
  const { budget, unsentBytes, longAnswers } = answers;
  const translated = (read: (gate: CloudTurns['translated']) => number) => (): readonly RegionValue[] =>
    turns.all().map(([region, cloud]) => ({ region, value: read(cloud.translated) }));
  const connected = (road: 'translated' | 'forwarded') => (): readonly RegionValue[] => {
    const [home = '', ...further] = regionNames(apps.config);
    const sum = (connectionsIn: (app: App) => App['connections'] | undefined): number =>
      apps.all.reduce((count, app) => count + (connectionsIn(app)?.[road].connected ?? 0), 0);
    return [
      { region: home, value: sum(({ connections }) => connections) },
      ...further.map((region) => ({ region, value: sum(({ regionConnections }) => regionConnections.get(region)) })),
    ];
  };
  const connections = (): readonly RegionValue[] =>
    regionNames(apps.config).map((region) => ({ region, value: apps.config.upstream.connections }));
  return {
    gateway_connections: { used: callers, limit: () => apps.config.connections.max },
    gateway_turns: { used: translated((gate) => gate.usage().taken), limit: translated((gate) => gate.limits.max) },
    gateway_waiting: {
      used: translated((gate) => gate.usage().waiting),
      limit: translated((gate) => gate.limits.maxWaiting),
    },
    gateway_request_body_bytes: { used: () => requests.held, limit: () => requests.most },
    gateway_answer_bytes: { used: () => budget.held, limit: () => budget.most },
    gateway_unsent_bytes: { used: unsentBytes, limit: () => apps.config.connections.maxUntakenBytes },
    gateway_long_answers: { used: () => longAnswers.usage().taken, limit: () => longAnswers.limits.max },
    gateway_cloud_connections: { used: connected('translated'), limit: connections },
    gateway_cloud_forward_connections: { used: connected('forwarded') },
  };
}

import { Counter, type Registry } from './prometheus.ts';

/** The metrics of the admin port. */
export interface AdminMetrics {
  /** Count a request to the admin port that had to prove who sent it, and did not. */
  readonly countUnproven: () => void;
}

/** Create the counter of refused requests. */
export function createAdminCounter(registry: Registry): AdminMetrics {
  const refused = new Counter({
    name: 'gateway_admin_refused_total',
    help: 'Requests to the admin port that had neither the token of admin.tokenFile nor a client certificate of admin.tls.clientCaFile. Health checks and metrics need neither.',
    registers: [registry],
  });
  return { countUnproven: () => refused.inc() };
}

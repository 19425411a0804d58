import { faultReasons, type FaultReason } from '../fault-reasons.ts';
import { familyOf, limitOf } from './fault-families.ts';
import { labelCounter, type Registry } from './prometheus.ts';

// Object.keys() of a record has the type of any object's; these are the record's own.
const reasons = Object.keys(faultReasons) as FaultReason[];
/** The limits that have a fault reason, and those of connections that are refused before an exchange begins. */
const limits = ['connections.max', 'proxyProtocol', ...reasons.flatMap((reason) => limitOf(reason) ?? [])];
/** The parts of the retirement file that refuse exchanges, by the reasons of their faults. */
const retiredBy: Readonly<Partial<Record<FaultReason, string>>> = {
  'retired-brownout': 'brownout',
  'retired-rule': 'rule',
};

/** The counters of faults. */
export interface FaultCounters {
  readonly count: (fault: FaultReason) => void;
  /** Count a request or a connection that a limit refused. */
  readonly countLimit: (limit: string) => void;
}

/** Create the counters of faults, of limits, and of what the retirement file refuses. */
export function createFaultCounters(registry: Registry): FaultCounters {
  const registers = [registry];
  const countFault = labelCounter(
    {
      name: 'gateway_faults_total',
      help: 'Faults that callers got, by reason and family: "cloud" if the cloud failed, "limit" if the gateway reached a limit, "gateway" for a defect, "caller" for all others, such as 401, 404 and 409 of the cloud.',
      labelNames: ['reason', 'family'],
      registers,
    },
    reasons.map((reason) => [reason, familyOf(reason)]),
  );
  const countLimit = labelCounter(
    {
      name: 'gateway_limits_hit_total',
      help: 'Requests and connections that a limit of the gateway refused or ended.',
      labelNames: ['limit'],
      registers,
    },
    limits.map((limit) => [limit]),
  );
  const countRetired = labelCounter(
    {
      name: 'gateway_retired_total',
      help: 'Exchanges that needed the gateway and were refused by the retirement file: by a brownout, or by a rule.',
      labelNames: ['by'],
      registers,
    },
    Object.values(retiredBy).map((by) => [by]),
  );
  return {
    countLimit,
    count: (fault) => {
      countFault(fault, familyOf(fault));
      const limit = limitOf(fault);
      if (limit !== undefined) countLimit(limit);
      const by = retiredBy[fault];
      if (by !== undefined) countRetired(by);
    },
  };
}

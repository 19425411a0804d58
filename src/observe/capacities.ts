import type { RegionValue } from './prometheus.ts';

/** An amount of the whole process, or one for each region. */
export type Amount = number | readonly RegionValue[];

/** The use of something that has a limit. */
export interface Capacity {
  readonly used: () => Amount;
  /** Returns the limit, which a reload may change; undefined for none. */
  readonly limit?: () => Amount;
}

interface Described {
  readonly help: string;
  /** True if each region has its own. */
  readonly isByRegion?: true;
  /** The settings that limit it; undefined for none. */
  readonly limitedBy?: string;
}

/** The capacities of a process by their metrics. The limit of each is a second metric, with `_limit` at its end. */
export const capacities = {
  gateway_turns: {
    help: 'Requests that are being translated.',
    isByRegion: true,
    limitedBy: 'the lower one of exchanges.max and upstream.connections',
  },
  gateway_waiting: {
    help: 'Requests that wait for their turn to be translated.',
    isByRegion: true,
    limitedBy: 'exchanges.maxWaiting',
  },
  gateway_connections: { help: 'Open connections of callers.', limitedBy: 'connections.max' },
  gateway_request_body_bytes: {
    help: 'Memory of request bodies, as estimated after parsing.',
    limitedBy: 'request.maxTotalBytes',
  },
  gateway_answer_bytes: {
    help: 'Memory of answers of the cloud that are held whole.',
    limitedBy: 'upstream.answersMaxTotalBytes',
  },
  gateway_unsent_bytes: {
    help: 'Memory of translated answers that callers have not read yet.',
    limitedBy: 'connections.maxUntakenBytes',
  },
  gateway_long_answers: {
    help: 'Long answers that are being translated.',
    limitedBy: 'exchanges.maxLongAnswers',
  },
  gateway_cloud_connections: {
    help: 'Open connections to the cloud for translated requests.',
    isByRegion: true,
    limitedBy: 'upstream.connections',
  },
  gateway_cloud_forward_connections: {
    help: 'Open connections to the cloud for forwarded requests that are sent whole.',
    isByRegion: true,
  },
} as const satisfies Record<string, Described>;

/** The name of a capacity's metric. */
export type CapacityName = keyof typeof capacities;

/** List the capacities with their descriptions. */
export function describedCapacities(): readonly (readonly [CapacityName, Described])[] {
  // The entries are those of the record.
  return Object.entries(capacities) as [CapacityName, Described][];
}

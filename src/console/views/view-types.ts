/** The documents of the console's routes. They are for scripts, too: members are added, and none is removed or renamed. */

/** The gateway: its version, its cloud and its processes. The document of `/api/gateway`. */
export interface GatewayView {
  /** The name of this replica, as the ledger has it: its host name, unless `ledger.instance` names it. */
  readonly instance: string;
  /** Null while no process serves callers. */
  readonly version: string | null;
  readonly node: string;
  readonly profile: string | null;
  /** The time of the answer. All times are of ISO 8601, in UTC. */
  readonly at: string;
  readonly startedAt: string | null;
  /** Exchanges in progress. */
  readonly inFlight: number;
  readonly workers: {
    /** Null without workers of their own: then one process does everything. */
    readonly serving: number | null;
    readonly configured: number;
    readonly lost: number;
  };
  /** The last reading of the configuration, certificates and the token. */
  readonly reload: { readonly isGood: boolean; readonly at: string | null };
  readonly clouds: readonly CloudView[];
  /** Null for a gateway that counts nothing. */
  readonly ledger: LedgerView | null;
}

/** The ledger: who needed the gateway, as far as it is kept. Its counts are summed over all workers. */
export interface LedgerView {
  /** The kind of place: memory, sqlite or postgres. */
  readonly store: string;
  /** Combinations of project, client, network, operation and reason. */
  readonly keys: number;
  /** Null before the first time, and in memory. */
  readonly storedAt: string | null;
  /** Counts that wait to be stored. */
  readonly waiting: number;
  readonly failures: number;
  /** Counts that were lost, because the place was away for too long. */
  readonly lost: number;
}

/** The cloud of a region, as exchanges have found it. */
export interface CloudView {
  /** Empty for a cloud whose region has no name. */
  readonly region: string;
  /** Null before the first exchange. */
  readonly isUp: boolean | null;
  readonly exchangedAt: string | null;
  /** Null until the versions of the cloud are known. */
  readonly profileFits: boolean | null;
}

/** A limit of the gateway and its use, summed over all workers. A row of `/api/limits`. */
export interface LimitView {
  /** The metric that has the use. */
  readonly metric: string;
  readonly region: string;
  readonly help: string;
  readonly used: number;
  /** Null for no limit. */
  readonly limit: number | null;
  readonly unit: string | null;
  /** The settings that limit it. */
  readonly settings: readonly string[];
}

/** A certificate in use. A row of `/api/certificates`. */
export interface CertificateView {
  /** The side that it is for, such as callers or cloud. */
  readonly certificate: string;
  readonly expiresAt: string;
  /** Whole days until then; negative for one that has expired. */
  readonly daysLeft: number;
}

/** A setting. A row of `/api/settings`. */
export interface SettingView {
  readonly name: string;
  readonly variable: string;
  readonly group: string;
  /** The value in use; of a secret only what shows that it is set. */
  readonly value: unknown;
  readonly source: 'default' | 'file' | 'environment';
  readonly unit: string | null;
  readonly default: string;
  readonly allowed: string;
  readonly help: string;
  /** The event that a change waits for; null for a reload. */
  readonly restart: string | null;
}

/** A reason to need the gateway. A row of `/api/reasons`. */
export interface ReasonView {
  readonly reason: string;
  /** True if the call fails or loses its effect without the gateway. */
  readonly breaks: boolean;
  /** The kind of name that follows the reason after a colon; null for none. */
  readonly about: 'member' | 'resource' | null;
  readonly without: string;
  readonly cure: string;
  readonly before: string;
  readonly after: string;
}

/** A route. A row of `/api`. */
export interface RouteView {
  readonly path: string;
  readonly summary: string;
  /** The name of the list in the document, whose rows the CSV has; null for a document without a table. */
  readonly list: string | null;
  readonly method: 'GET' | 'POST';
  /** The form of the answer: one document, or events for as long as the reader stays. */
  readonly form: 'document' | 'events';
}

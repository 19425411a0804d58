import type { Operation } from '../../compute/operation.ts';
import type { Config } from '../../config/settings.ts';
import type { QuotaLimits } from '../../schema/read/reading.ts';
import type { Profile } from '../../upstream/profile.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { Budget } from '../exchange/budget.ts';
import type { Gate } from '../exchange/gate.ts';

/** The parts of the translating road, made once. */
export interface Road {
  readonly operations: readonly Operation[];
  readonly profile: Profile;
  readonly cloud: Cloud;
  /** Limits the requests that are translated at a time. */
  readonly gate: Gate;
  /** Limits the long answers that are translated at a time. */
  readonly longAnswers: Gate;
  /** The memory of request bodies. */
  readonly requests: Budget;
  /** The quotas in force. */
  readonly quotas: QuotaLimits;
  readonly settings: RoadSettings;
}

/** The settings of this road. */
export interface RoadSettings {
  /** The largest request body, in bytes. */
  readonly maxBodyBytes: number;
  /** The memory of answers that their callers have not read, in bytes. */
  readonly maxUnsentBytes: number;
  /** Answers of at least this size are long, in bytes. */
  readonly longAnswerBytes: number;
  readonly maxNotes: number;
  readonly replyDefault: Config['reply']['default'];
  readonly handling: Config['handling'];
  /** The gateway's URL for links; '' for the one that the caller used. */
  readonly publicUrl: string;
  /** The path in front of the version at the cloud; '' for none. */
  readonly upstreamPrefix: string;
}

/** Select the settings of this road. */
export function roadSettings(config: Config, upstreamPrefix: string): RoadSettings {
  return {
    maxBodyBytes: config.request.maxBytes,
    maxUnsentBytes: config.connections.maxUntakenBytes,
    longAnswerBytes: config.exchanges.longAnswerBytes,
    maxNotes: config.notes.max,
    replyDefault: config.reply.default,
    handling: config.handling,
    publicUrl: config.public.url,
    upstreamPrefix,
  };
}

import type { Operation } from '../../compute/operation.ts';
import type { Config } from '../../config/settings.ts';
import type { QuotaLimits } from '../../schema/read/reading.ts';
import type { Profile } from '../../upstream/profile.ts';
import type { AnswerLimits } from '../answer/answer-limits.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { Budget } from '../exchange/budget.ts';
import type { Gate } from '../exchange/fair-share/gate.ts';

/** The parts that translating every request needs, made once. */
export interface TranslateContext {
  readonly operations: readonly Operation[];
  readonly profile: Profile;
  readonly cloud: Cloud;
  /** The limit of requests that are translated at a time. */
  readonly gate: Gate;
  readonly answers: AnswerLimits;
  /** The budget of request bodies. */
  readonly requests: Budget;
  /** The quotas in force. */
  readonly quotas: QuotaLimits;
  readonly settings: TranslateSettings;
}

/** The settings of translation. */
export interface TranslateSettings {
  /** The largest request body, in bytes. */
  readonly maxBodyBytes: number;
  /** The largest number of elements and attributes, or of members and items, of a request body. */
  readonly maxBodyParts: number;
  /** The size from which an answer of the cloud is long, in bytes. */
  readonly longAnswerBytes: number;
  readonly maxNotes: number;
  readonly replyDefault: Config['reply']['default'];
  readonly handling: Config['handling'];
  /** The gateway's URL for links; '' for the URL that the caller used. */
  readonly publicUrl: string;
  /** The path before the version at the cloud; '' for none. */
  readonly upstreamPrefix: string;
}

/** Select the settings of translation. @param upstreamPrefix the path before the version at the cloud */
export function translateSettings(config: Config, upstreamPrefix: string): TranslateSettings {
  return {
    maxBodyBytes: config.request.maxBytes,
    maxBodyParts: config.request.maxParts,
    longAnswerBytes: config.exchanges.longAnswerBytes,
    maxNotes: config.notes.max,
    replyDefault: config.reply.default,
    handling: config.handling,
    publicUrl: config.public.url,
    upstreamPrefix,
  };
}

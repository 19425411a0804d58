import type { Request, Response } from 'express';
import type { Operation } from '../../compute/operation.ts';
import type { Config } from '../../config/settings.ts';
import type { QuotaLimits } from '../../schema/read/reading.ts';
import type { Profile } from '../../upstream/profile.ts';
import type { Arrival } from './request.ts';
import type { Budget } from '../exchange/budget.ts';
import type { Asker, Cloud } from '../cloud/cloud.ts';
import type { Gate } from './gate.ts';
import type { Call } from './router.ts';
import type { Trace } from '../exchange/trace.ts';

/** What the translating road is made of. */
export interface Translation {
  readonly operations: readonly Operation[];
  readonly profile: Profile;
  readonly cloud: Cloud;
  readonly config: Config;
  /** The limits in force. */
  readonly limits: QuotaLimits;
  readonly gate: Gate;
  /** Lets one long answer through at a time. */
  readonly longAnswers: Gate;
  /** The bytes of requests that may be held at a time, and those of answers. */
  readonly budget: { readonly requests: Budget; readonly answers: Budget };
}

/** One request on this road: what each step needs of the others. */
export interface Context extends Arrival {
  readonly road: Translation;
  readonly request: Request;
  readonly response: Response;
  readonly call: Call;
  readonly trace: Trace;
  readonly asker: Asker;
  /** The path in front of the version at the cloud, '' for none. */
  readonly prefix: string;
}

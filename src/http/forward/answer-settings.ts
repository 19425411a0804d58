import type { Config } from '../../config/settings.ts';

/** The settings of answers to forwarded requests. */
export interface AnswerSettings {
  readonly replyDefault: Config['reply']['default'];
  /** The gateway's URL for links; '' for the URL that the caller used. */
  readonly publicUrl: string;
  readonly upstreamHost: string;
  /** The path before the version at the cloud; '' for none. */
  readonly upstreamPrefix: string;
  /** The time limit for reading a fault of the cloud, in milliseconds. */
  readonly answerTimeoutMs: number;
}

/** Select these settings. @param upstreamPrefix the path before the version at the cloud */
export function answerSettings({ reply, public: { url }, upstream }: Config, upstreamPrefix: string): AnswerSettings {
  return {
    replyDefault: reply.default,
    publicUrl: url,
    upstreamHost: new URL(upstream.url).host,
    upstreamPrefix,
    answerTimeoutMs: upstream.answerTimeoutMs,
  };
}

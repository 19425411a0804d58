import type { Config } from '../../config/settings.ts';

/** The settings of answers on the forwarding road. */
export interface AnswerSettings {
  readonly replyDefault: Config['reply']['default'];
  /** The gateway's URL for links; '' for the one that the caller used. */
  readonly publicUrl: string;
  readonly upstreamHost: string;
  /** The path in front of the version at the cloud; '' for none. */
  readonly upstreamPrefix: string;
  /** How long a fault of the cloud may take to arrive, in milliseconds. */
  readonly answerTimeoutMs: number;
}

/** Select them. @param upstreamPrefix the path in front of the version at the cloud */
export function answerSettings({ reply, public: { url }, upstream }: Config, upstreamPrefix: string): AnswerSettings {
  return {
    replyDefault: reply.default,
    publicUrl: url,
    upstreamHost: new URL(upstream.url).host,
    upstreamPrefix,
    answerTimeoutMs: upstream.answerTimeoutMs,
  };
}

import type { CheckedConfig } from '../settings.ts';

/** The identity service in the form of the cloud's settings; undefined without one. */
export function identityUpstream<C extends Pick<CheckedConfig, 'identity' | 'upstream'>>({
  identity,
  upstream,
}: C): C['upstream'] | undefined {
  if (identity.url === '') return undefined;
  const { url, timeoutMs, answerMaxBytes, tls } = identity;
  // It has the cloud's authorities, unless it has its own.
  const caFile = tls.caFile === '' ? upstream.tls.caFile : tls.caFile;
  return { ...upstream, url, answerTimeoutMs: timeoutMs, answerMaxBytes, tls: { ...tls, caFile } };
}

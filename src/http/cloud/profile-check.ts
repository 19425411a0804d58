import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import { judgeProfile, type ProfileVerdict } from '../../upstream/profile-verdict.ts';
import { askSharedVersions } from '../../upstream/versions-document.ts';
import type { VersionsReader } from './versions-reader.ts';

const { profileCheckDelayMs, profileCheckRetryMs } = fixedLimits;

/**
 * Create the check of the profile soon after the first contact with the cloud. It runs beside the exchanges: none waits for it, and
 * none of its failures reaches a caller. It ends with the first judgement. If the cloud cannot be asked, an exchange after the
 * retry time starts it again. Only `upstream.legacyPath: auto` allows the gateway requests of its own.
 * @param judged called once at most
 * @param delayMs the wait after the first answer of the cloud
 * @returns the function to call for each exchange that the cloud has answered
 */
export function createProfileCheck(
  { legacyPath, profile }: Config['upstream'],
  read: VersionsReader,
  judged: (verdict: ProfileVerdict) => void,
  delayMs: number = profileCheckDelayMs,
): () => void {
  if (legacyPath !== 'auto') return () => undefined;
  /** The time from which on the cloud may be asked. */
  let askFrom = 0;
  const ask = async (): Promise<void> => {
    const versions = await askSharedVersions(read);
    // An overloaded cloud or a balancer without one says nothing of the profile.
    if (versions.kind === 'failing') return;
    askFrom = Infinity;
    judged(judgeProfile(versions, profile));
  };
  return () => {
    const now = performance.now();
    if (now < askFrom) return;
    askFrom = now + profileCheckRetryMs;
    // The exchanges themselves tell what is wrong with the cloud.
    setTimeout(() => void ask().catch(() => undefined), delayMs).unref();
  };
}

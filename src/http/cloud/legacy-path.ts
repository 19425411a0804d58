import type { IncomingHttpHeaders } from 'node:http';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import { isFields } from '../../schema/fields.ts';
import { documentOf, type CloudAnswer } from '../../upstream/cloud-answer.ts';
import { versionHeaders } from '../../upstream/microversion.ts';
import type { VersionsReader } from './versions-reader.ts';

/** The path at which the cloud has the legacy API. */
export type LegacyPath = 'v2' | 'v2.1';

/** The function that says where the cloud has the legacy API. It never fails. */
export type LegacyPathOf = () => LegacyPath | Promise<LegacyPath>;

const { legacyPathMs, legacyPathRetryMs } = fixedLimits;

/** The statuses with which a cloud says that it does not have a version. */
const missing: ReadonlySet<number> = new Set([300, 404, 410]);

/**
 * Create the function that finds the path of the legacy API at the cloud: by the setting, or by default in the versions that
 * the cloud lists without a token. Only the first request waits for that, for a limited time; later the answer is renewed beside
 * the requests. So no request has to be sent twice to find out.
 */
export function createLegacyPath({ legacyPath }: Config['upstream'], read: VersionsReader): LegacyPathOf {
  if (legacyPath !== 'auto') return () => legacyPath;
  let known: LegacyPath | undefined;
  let until = 0;
  let asking: Promise<LegacyPath> | undefined;
  const ask = async (): Promise<LegacyPath> => {
    let validMs: number = legacyPathMs;
    try {
      known = await findLegacyPath(read);
    } catch {
      // The request itself will say what is wrong with the cloud.
      validMs = legacyPathRetryMs;
    }
    until = performance.now() + validMs;
    asking = undefined;
    return known ?? 'v2';
  };
  return () => {
    if (performance.now() < until) return known ?? 'v2';
    asking ??= ask();
    return known ?? asking;
  };
}

/**
 * Find out where a cloud has the legacy API. Its list of versions is not enough: Nova lists v2.0 even if its operator has
 * switched it off.
 */
async function findLegacyPath(read: VersionsReader): Promise<LegacyPath> {
  // Behind a balancer that routes only the versions, the list breaks off or never comes, and the versions still answer.
  const listed = await read('/').then(versionsIn, () => new Set<unknown>());
  const hasModern = listed.has('v2.1');
  if (hasModern && !listed.has('v2.0') && !listed.has('v2')) return 'v2.1';
  if (!missing.has((await read('/v2/')).status)) return 'v2';
  return hasModern || !missing.has((await read('/v2.1/')).status) ? 'v2.1' : 'v2';
}

/** Collect the ids in a list of versions; empty for any other document. */
function versionsIn(answer: CloudAnswer): ReadonlySet<unknown> {
  const { versions } = documentOf(answer) ?? {};
  return new Set(Array.isArray(versions) ? versions.filter(isFields).map(({ id }) => id) : []);
}

/** Remove what belongs to microversions from header fields in place: legacy callers know none. */
export function dropVersionFields(headers: IncomingHttpHeaders): void {
  for (const name of versionHeaders) delete headers[name];
  if (headers.vary === undefined) return;
  const others = headers.vary.split(',').filter((name) => !versionNames.has(name.trim().toLowerCase()));
  if (others.length === 0) delete headers.vary;
  else headers.vary = others.join(',').trim();
}

const versionNames: ReadonlySet<string> = new Set(versionHeaders);

import { microversion } from './microversion.ts';
import type { CloudVersions } from './versions-document.ts';

/** The name of a profile, as in `upstream.profile`. */
export type ProfileName = 'nova' | 'ecs';

/** The judgement of a profile. */
export interface ProfileVerdict {
  readonly fits: boolean;
  /** The cloud, as a sentence without its end. */
  readonly seen: string;
  /** The mend, or the reason why there is nothing to mend; settings have the names of the configuration file. */
  readonly advice: string;
}

/** The highest microversion that an ECS lists (its documentation of API versions); a Nova of that age lists the same. */
const highestOfEcs = '2.60';

/**
 * Judge a profile by the versions of the cloud. Only what is certain is called a mistake: an ECS may list versions as a Nova
 * up to 2.60 does, or none.
 * @param profile undefined if none is set yet
 */
export function judgeProfile(versions: CloudVersions, profile: ProfileName | undefined): ProfileVerdict {
  switch (versions.kind) {
    case 'nova':
      return judgeNova(versions.highest, profile);
    case 'undescribed':
      return judgeUndescribed(versions.status, profile);
    case 'old-nova':
      return unfit('This is a Nova without v2.1', 'the gateway needs a cloud that has v2.1: check upstream.url');
    case 'page':
      return unfit(
        `There is no versions document (${versions.status} and no JSON): this is another service`,
        "check that upstream.url is the cloud's compute API, up to but without /v2.1",
      );
    case 'redirect':
      return unfit(
        `The cloud redirects (${versions.status})`,
        'set upstream.url to the URL that it redirects to, such as the one with https',
      );
    case 'failing':
      return unfit(`The cloud answers ${versions.status}`, 'try again when it serves');
    default:
      return versions satisfies never;
  }
}

function judgeNova(highest: string | undefined, profile: ProfileName | undefined): ProfileVerdict {
  const seen = `This is a Nova${highest === undefined ? '' : ` up to ${highest}`}`;
  if (highest === undefined || microversion(highest) <= microversion(highestOfEcs)) {
    const either = `${seen}, or an ECS, which lists versions up to ${highestOfEcs}`;
    if (profile !== undefined) return fit(either, `the profile ${profile} can be right`);
    return fit(either, "set upstream.profile=nova for OpenStack's own Nova, or upstream.profile=ecs for an ECS");
  }
  if (profile === 'ecs') return unfit(seen, 'your profile is ecs: set upstream.profile=nova');
  return fit(seen, profile === undefined ? 'set upstream.profile=nova' : 'the profile nova fits');
}

function judgeUndescribed(status: number, profile: ProfileName | undefined): ProfileVerdict {
  const seen = `There is no versions document (${status}): an ECS-like API or another service`;
  if (profile === 'ecs') return fit(seen, 'the profile ecs can be right');
  const mend = 'check that upstream.url ends before /v2.1; if this is an ECS, set upstream.profile=ecs';
  return profile === undefined ? fit(seen, mend) : unfit(seen, `your profile is nova: ${mend}`);
}

function fit(seen: string, advice: string): ProfileVerdict {
  return { fits: true, seen, advice };
}

function unfit(seen: string, advice: string): ProfileVerdict {
  return { fits: false, seen, advice };
}

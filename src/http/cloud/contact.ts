import { withRegionalNames } from '../../config/services/regional-configs.ts';
import type { Config } from '../../config/settings.ts';
import { Fault } from '../../fault.ts';
import type { ShownCloud } from '../../observe/cloud-gauges.ts';
import type { Log } from '../../observe/log.ts';
import type { ProfileVerdict } from '../../upstream/profile-verdict.ts';
import type { ExchangeEnd } from '../exchange/end.ts';
import { createProfileCheck } from './profile-check.ts';
import type { VersionsReader } from './versions-reader.ts';

/** The observer of the requests of exchanges to the cloud, translated and forwarded. */
export interface CloudContact {
  /** Called when the status of an answer has arrived. */
  readonly answered: (status: number) => void;
  /**
   * Called when a request has ended without a status. It counts only if the cloud failed: a caller that disconnects, a
   * shutdown and the deadline of the exchange end a request before the cloud had its time.
   */
  readonly failed: (error: unknown, end: ExchangeEnd) => void;
  /** The reader of the cloud's versions. */
  readonly readVersions: VersionsReader;
}

/** The places where the state of the cloud is shown. */
interface Observers {
  readonly log: Log;
  readonly cloud: ShownCloud;
  /** The further region of the cloud; undefined for the cloud of `upstream.url`. */
  readonly region?: string | undefined;
}

/** The reasons of faults that mean that there was no connection, or no answer on it. */
const failures: ReadonlySet<string> = new Set<Fault['reason']>([
  'cloud-unreachable',
  'cloud-timeout',
  'cloud-gone',
  'cloud-broke-off',
]);

/** Create the observer. It shows whether the cloud answers, and checks the profile at the first answer. */
export function createContact(
  upstream: Config['upstream'],
  readVersions: VersionsReader,
  observers: Observers,
): CloudContact {
  const { cloud } = observers;
  const checkProfile = createProfileCheck(upstream, readVersions, (verdict) =>
    showVerdict(verdict, upstream.profile, observers),
  );
  return {
    readVersions,
    answered: (status) => {
      // A status below 100 is invalid, and its exchange ends with a fault.
      cloud.setUp(status >= 100);
      if (status >= 100) checkProfile();
    },
    failed: (error, end) => {
      // The end of the exchange aborts its request, which the client may report as a close of the connection.
      if (!end.aborted && error instanceof Fault && failures.has(error.reason)) cloud.setUp(false);
    },
  };
}

function showVerdict({ fits, seen, advice }: ProfileVerdict, profile: string, { log, cloud, region }: Observers): void {
  cloud.setProfileFits(fits);
  if (fits) return;
  const where = region === undefined ? { advice } : { region, advice: withRegionalNames(advice, region) };
  log.warn('the profile does not fit the versions of the cloud', { profile, seen, ...where });
}

import { hash } from 'node:crypto';
import { networkOf } from '../../exchange/fair-share/network.ts';
import { RecentMap } from '../../exchange/recent/recent-map.ts';

/** The parties of a login: the address of the caller, and the name or id of the user; undefined for a login by token. */
export interface LoginParties {
  readonly client: string;
  readonly user: string | undefined;
}

/** A login that may be tried: exactly one of its functions is called with the outcome. */
export interface LoginAttempt {
  readonly succeeded: () => void;
  readonly failed: () => void;
  /** Called if the identity service gave no verdict, so that the attempt counts for nobody. */
  readonly unknown: () => void;
}

/** The function that begins a login; a number is the time in seconds after which it may be tried, because too many have failed. */
export type BeginLogin = (parties: LoginParties) => LoginAttempt | number;

const minuteMs = 60_000;

/**
 * Limit failed logins for each network of callers, and for each user. An attempt counts as failed until its outcome is known,
 * because otherwise any number of them could be under way at a time. Failures of others for a user do not count against a
 * network from which that user has logged in: otherwise anyone could lock a user out.
 * @param most the failures a minute; Infinity for no limit
 * @param remembered the most networks and users that are remembered
 */
export function limitFailures(most: number, remembered: number, now = (): number => performance.now()): BeginLogin {
  const intervalMs = minuteMs / most;
  /** The time at which the failures of a party are used up no more, by the hash of its name. */
  const freeAt = new RecentMap<{ at: number }>(remembered);
  const welcome = new RecentMap<true>(remembered);

  const countOf = (party: string): { at: number } => {
    const known = freeAt.get(party);
    if (known !== undefined) return known;
    const created = { at: 0 };
    freeAt.set(party, created);
    return created;
  };
  return ({ client, user }) => {
    const network = hashed(`network ${networkOf(client)}`);
    const pair = user === undefined ? undefined : hashed(`${network} ${user}`);
    const isWelcome = pair !== undefined && welcome.get(pair) === true;
    const counts = [network, ...(user === undefined || isWelcome ? [] : [hashed(`user ${user}`)])].map(countOf);
    const next = counts.map(({ at }) => Math.max(at, now()) + intervalMs);
    const waitMs = Math.max(...next) - now() - minuteMs;
    // The sums of fractions are not exact.
    if (waitMs > 0.001) return Math.ceil(waitMs / 1000);
    counts.forEach((count, index) => (count.at = next[index] ?? count.at));
    const giveBack = (): void => counts.forEach((count) => (count.at -= intervalMs));
    return {
      succeeded: () => {
        giveBack();
        if (pair !== undefined) welcome.set(pair, true);
      },
      failed: () => undefined,
      unknown: giveBack,
    };
  };
}

/** Hash the name of a party, so that the memory of failures holds no names. */
function hashed(name: string): string {
  return hash('sha256', name, 'base64');
}

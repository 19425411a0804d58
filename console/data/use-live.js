import { useEffect, useRef, useState } from '../html.js';
import { readEvents } from './events.js';
import { request } from './get.js';
import { failureOf } from './use-data.js';

/** @import { LiveExchange } from '../../src/observe/live/live-exchange.ts' */

/** The exchanges that are shown at most. */
export const mostShown = 200;
/** The time between two updates of the page, so that it can be read under load. */
const updateMs = 250;
/** The first wait before another attempt to read, and the longest. */
const firstWaitMs = 500;
const longestWaitMs = 15_000;

/** An exchange with its replica, and a number of its own, since ids may be equal. @typedef {LiveExchange & { readonly instance: string, readonly key: number }} SeenExchange */

/**
 * The stream as it is now.
 * @typedef {object} Live
 * @property {readonly SeenExchange[]} exchanges the last ones, the newest first
 * @property {{ instance: string, mostKept: number } | undefined} hello undefined before the first connection
 * @property {string} since the time from which on exchanges were watched
 * @property {number} seen
 * @property {number} dropped the exchanges that this reader missed, because there were too many at a time
 * @property {string | undefined} failure the reason why the stream is interrupted
 */

/**
 * Watch the exchanges as they end. While `isHeld` is true the page stays as it is, and the number of those that wait is returned.
 * @param {boolean} isHeld
 * @returns {Live & { waiting: number }}
 */
export function useLive(isHeld) {
  const latest = useRef(emptyLive());
  const [shown, setShown] = useState(latest.current);
  const [, setTick] = useState(0);
  const held = useRef(isHeld);
  held.current = isHeld;
  useEffect(() => {
    if (!isHeld) setShown(latest.current);
  }, [isHeld]);
  useEffect(() => {
    const ended = new AbortController();
    const change = (/** @type {Partial<Live>} */ changed) => {
      latest.current = { ...latest.current, ...changed };
    };
    void watch(ended.signal, () => latest.current, change);
    let last = latest.current;
    const timer = setInterval(() => {
      if (latest.current === last) return;
      last = latest.current;
      if (held.current) setTick((tick) => tick + 1);
      else setShown(last);
    }, updateMs);
    return () => {
      ended.abort();
      clearInterval(timer);
    };
  }, []);
  const { hello, failure, dropped, seen } = latest.current;
  return isHeld ? { ...shown, hello, failure, dropped, waiting: seen - shown.seen } : { ...shown, waiting: 0 };
}

/** @returns {Live} */
function emptyLive() {
  return {
    exchanges: [],
    hello: undefined,
    since: new Date().toISOString(),
    seen: 0,
    dropped: 0,
    failure: undefined,
  };
}

/**
 * Read the stream until the page goes, and again after each interruption.
 * @param {AbortSignal} signal
 * @param {() => Live} current
 * @param {(changed: Partial<Live>) => void} change
 */
async function watch(signal, current, change) {
  for (let waitMs = firstWaitMs; !signal.aborted; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    const before = current().dropped;
    try {
      await readEvents(await request('/api/live', { signal }), (name, data) => {
        waitMs = firstWaitMs;
        change(changeBy(name, data, current(), before));
      });
      change({ failure: 'The gateway has ended the stream. It restarts, or its settings were read again.' });
    } catch (error) {
      if (!signal.aborted) change({ failure: failureOf(error) });
    }
    await pause(waitMs, signal);
  }
}

/**
 * Find what an event of the stream changes.
 * @param {string} name
 * @param {any} data
 * @param {Live} live
 * @param {number} droppedBefore those of earlier connections
 * @returns {Partial<Live>}
 */
function changeBy(name, data, { exchanges, seen, hello }, droppedBefore) {
  if (name === 'hello') return { hello: data, failure: undefined };
  if (name === 'dropped') return { dropped: droppedBefore + data.count };
  if (name !== 'exchange') return {};
  // After an interruption the kept ones come again.
  if (exchanges.some(({ requestId, at }) => requestId === data.requestId && at === data.at)) return {};
  // After an interruption a load balancer may lead to another replica.
  const exchange = { ...data, instance: hello?.instance ?? '', key: seen };
  return { exchanges: [exchange, ...exchanges].slice(0, mostShown), seen: seen + 1 };
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

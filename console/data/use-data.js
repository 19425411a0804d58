import { useEffect, useState } from '../html.js';
import { getDocument, NoDataError, RefusedError } from './get.js';
import { forgetToken } from './token.js';

/** The event that asks for the token again. */
export const refusedEvent = 'gateway-refused';

/** The longest time until what could not be had is asked for again, where data are asked for again at all. */
const retryMs = 5000;

/**
 * Data that are on their way, here, or could not be had. With a failure the last data stay.
 * @template T
 * @typedef {{ readonly data?: T, readonly failure?: string, readonly code?: string | undefined }} Loaded
 */

/**
 * Load the document of a route, and again every few seconds while the page is visible.
 * @template T
 * @param {string} path
 * @param {number} [everyMs] 0 for once
 * @returns {Loaded<T>}
 */
export function useData(path, everyMs = 0) {
  const [loaded, setLoaded] = useState(/** @type {Loaded<T>} */ ({}));
  useEffect(() => {
    let isOver = false;
    let timer = 0;
    const load = async () => {
      let hasFailed = false;
      if (document.visibilityState === 'visible') {
        const next = await loadOnce(path);
        if (isOver) return;
        hasFailed = next.failure !== undefined;
        // The routes have the types of src/console/views/view-types.ts.
        setLoaded((last) => /** @type {Loaded<T>} */ ({ ...last, failure: undefined, code: undefined, ...next }));
      }
      if (everyMs > 0 && !isOver) timer = setTimeout(load, hasFailed ? Math.min(everyMs, retryMs) : everyMs);
    };
    void load();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [path, everyMs]);
  return loaded;
}

/**
 * @param {string} path
 * @returns {Promise<Loaded<unknown>>}
 */
async function loadOnce(path) {
  try {
    return { data: await getDocument(path) };
  } catch (error) {
    const failure = failureOf(error);
    return error instanceof NoDataError ? { failure, code: error.code } : { failure };
  }
}

/**
 * Return the sentence for an error of a request; ask for the token again if that was refused.
 * @param {unknown} error
 */
export function failureOf(error) {
  if (error instanceof RefusedError) {
    forgetToken();
    dispatchEvent(new Event(refusedEvent));
  }
  return error instanceof Error ? error.message : String(error);
}

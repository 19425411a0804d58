import { getDocument } from '../../data/get.js';
import { failureOf } from '../../data/use-data.js';
import { useEffect, useState } from '../../html.js';

/** @import { SeenExchange } from '../../data/use-live.js' */

/**
 * Check that a text can only be the id of a request or a trace.
 * @param {string} text
 */
export function isId(text) {
  return /^(?:req-[\w-]{8,}|[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.test(text);
}

/**
 * Look for an id among the exchanges that the gateway keeps.
 * @param {string} text
 * @param {boolean} isConnected
 * @returns {readonly SeenExchange[] | undefined} undefined for a text that is no id, and before the answer
 */
export function useKept(text, isConnected) {
  const [kept, setKept] = useState(
    /** @type {{ text: string, found: readonly SeenExchange[] } | undefined} */ (undefined),
  );
  useEffect(() => {
    let isOver = false;
    if (isConnected && isId(text)) void find(text).then((found) => isOver || setKept({ text, found }));
    return () => {
      isOver = true;
    };
  }, [text, isConnected]);
  return kept?.text === text ? kept.found : undefined;
}

/**
 * @param {string} id
 * @returns {Promise<readonly SeenExchange[]>}
 */
async function find(id) {
  try {
    const document = await getDocument(`/api/exchanges?id=${encodeURIComponent(id)}`);
    const { exchanges } = /** @type {{ exchanges: readonly SeenExchange[] }} */ (document);
    // Those that are watched have numbers from 0 on.
    return exchanges.map((exchange, index) => ({ ...exchange, key: -1 - index }));
  } catch (error) {
    // The stream tells the failure, too.
    failureOf(error);
    return [];
  }
}

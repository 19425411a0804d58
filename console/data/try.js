import { request } from './get.js';
import { failureOf } from './use-data.js';

/** @import { TryView, TryWish } from '../../src/console/views/try-types.ts' */

/**
 * Ask the gateway what becomes of a text. Nothing of it is sent elsewhere, kept or logged.
 * @param {TryWish} wish
 * @returns {Promise<TryView>}
 */
export async function tryText(wish) {
  try {
    const headers = { 'Content-Type': 'application/json' };
    const response = await request('/api/try', { method: 'POST', headers, body: JSON.stringify(wish) });
    return /** @type {TryView} */ (await response.json());
  } catch (error) {
    return { kind: 'refusal', field: 'text', message: failureOf(error) };
  }
}

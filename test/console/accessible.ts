import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Scripts in the browser are texts, because the types of a browser are not those of node. */
const listViolations = `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 300)))`;

/** Assert that axe finds nothing on a page. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<string[]>(listViolations);
  assert.deepEqual(found, [], what);
}

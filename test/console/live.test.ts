// Guards: console/pages/live.js, console/parts/live and console/data/use-live.js, in a browser.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { dayMs } from '../../src/ledger/days.ts';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { call } from '../support/http.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { startScriptedCloud, type ScriptedCloud } from '../support/scripted-cloud.ts';
import { assertAccessible } from './accessible.ts';
import { looks, noBrowser, playOn, startBrowser, type Look } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-live-page-'));
after(() => rmSync(folder, { recursive: true }));
const token = 'CanaryToken-of-the-live-page';
writeFileSync(join(folder, 'token'), token);
const wide: Look = { screen: 'wide', colorScheme: 'light' };
const cloudId = 'req-0d1e8b1c-0d7c-4f6e-9c8e-0a1b2c3d4e5f';

/** Make a ledger that another replica has stored in. @returns the setting that names it */
async function sharedLedger(): Promise<string> {
  const setting = `sqlite:${join(folder, 'ledger.db')}`;
  const store = await openLedgerStore(setting, { access: 'keep' });
  const [startedAt, storedAt] = [Date.now() - dayMs, Date.now()];
  const run = {
    instance: 'replica-2',
    boot: 'other',
    version: '1.0.0',
    startedAt,
    storedAt,
    isClosed: false,
    others: 0,
  };
  await store.write(run, []);
  await store.close();
  return setting;
}

describe('the page Live', { skip: noBrowser }, () => {
  let cloud: ScriptedCloud;
  let gateway: TestGateway;
  let browser: Browser;
  before(async () => {
    const headers = { 'Content-Type': 'application/json', 'X-Compute-Request-Id': cloudId };
    cloud = await startScriptedCloud({ status: 200, headers, body: '{"servers": []}' });
    gateway = await startTestGateway(cloud.url, {
      GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token'),
      GATEWAY_LEDGER_INSTANCE: 'replica-1',
      GATEWAY_LEDGER_STORE: await sharedLedger(),
    });
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await gateway?.stop();
    await cloud?.stop();
  });

  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> =>
    call(gateway.url, { method: 'GET', path, headers: { 'X-Auth-Token': 'canary-token', ...headers } });
  const xml = { Accept: 'application/xml', 'User-Agent': 'old-client' };

  const withLive = (query: string, look: Look, play: (page: Page) => Promise<void>): Promise<void> =>
    playOn(browser, { look, token }, async (page) => {
      await page.goto(`${gateway.adminUrl}/console/live${query}`);
      for (const text of [/as they end/, /since \d\d:/]) await page.getByText(text).first().waitFor();
      await play(page);
    });

  for (const look of looks)
    test(`shows an exchange with what became of it, and axe finds nothing (${look.screen}, ${look.colorScheme})`, () =>
      withLive('', look, async (page) => {
        await get('/v2/project-a/servers?name=canary-query', xml);
        await get('/v2/project-b/os-nothing');
        const row = page.getByRole('button', { name: /project-a\/servers/ });
        await row.waitFor();
        await row.focus();
        await page.keyboard.press('Enter');
        await page.getByText(cloudId).waitFor();
        assert.equal(await row.getAttribute('aria-expanded'), 'true');
        await assertAccessible(page, 'an open exchange');
        const text = await page.locator('main').innerText();
        for (const shown of ['translated', 'listServers', 'old-client', 'xml-answer', '127.0.0.1', 'GET /v2'])
          assert.ok(text.includes(shown), shown);
        assert.doesNotMatch(await page.content(), /canary/i);
        const widths = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]');
        assert.equal(widths[0], widths[1]);
      }));

  test('holds still while somebody reads an exchange, and goes on with those that came meanwhile', () =>
    withLive('', wide, async (page) => {
      await get('/v2/project-a/servers', xml);
      await page.getByRole('button', { name: /project-a/ }).click();
      await get('/v2/project-c/servers', xml);
      await page.getByRole('button', { name: 'Go on (1 new)' }).waitFor();
      assert.equal(await page.getByRole('button', { name: /project-c/ }).count(), 0);
      await page.getByRole('button', { name: 'Go on (1 new)' }).click();
      await page.getByRole('button', { name: /project-c/ }).waitFor();
    }));

  test('shows what a filter wants, which is a part of the URL', () =>
    withLive('?status=2&needs=only', wide, async (page) => {
      await get('/v2.1/project-a/servers');
      await get('/v2/project-b/servers', xml);
      await page.getByText('1 of 2 shown').waitFor();
      await page.getByLabel('Project').fill('project-a');
      await page.getByText(/None of the last 2 exchanges matches/).waitFor();
      assert.equal(new URL(page.url()).search, '?status=2&needs=only&project=project-a');
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.getByText('2 of 2 shown').waitFor();
      await page.getByLabel('Client or agent').fill('OLD-CLIENT');
      await page.getByText('1 of 2 shown').waitFor();
    }));

  test('says what to do about an id that it does not have, and finds one that is kept', async () => {
    await get('/v2/project-a/servers', xml);
    await withLive(`?q=${cloudId}`, wide, async (page) => {
      await page.getByText('this gateway keeps none while nobody watches').waitFor();
      assert.match(await page.locator('main').innerText(), new RegExp(`grep ${cloudId}`));
    });
    assert.equal(gateway.reload({ GATEWAY_CONSOLE_EXCHANGES: '300' }), true);
    await get('/v2/project-before/servers', xml);
    for (let count = 0; count < 210; count += 1) await get(`/v2/project-x/flavors.json`);
    // The id as a log may have it, without the word before it.
    await withLive(`?q=${cloudId.slice(4).toUpperCase()}&project=project-before`, wide, async (page) => {
      await page.getByRole('button', { name: /project-before/ }).waitFor();
    });
    assert.equal(gateway.reload({ GATEWAY_CONSOLE_EXCHANGES: '0' }), true);
  });

  test('saves what is shown as CSV and JSON, with the replica of each exchange', () =>
    withLive('?project=project-saved', wide, async (page) => {
      await get('/v2/project-saved/servers', xml);
      await get('/v2/project-other/servers', xml);
      await page.getByText('1 of 2 shown').waitFor();
      const saved = async (name: string): Promise<string> => {
        const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
        return `${file.suggestedFilename()}\n${readFileSync(await file.path(), 'utf8')}`;
      };
      const csv = await saved('The exchanges shown as CSV');
      assert.match(csv, /^exchanges\.csv\nat,worker,method,path,/);
      assert.equal(csv.trim().split('\r\n').length, 2);
      assert.match(csv, new RegExp(`/v2/project-saved/servers,.*,${cloudId},.*,replica-1\r\n$`));
      const json = await saved('The exchanges shown as JSON');
      const [, text = ''] = json.split('\n');
      const { exchanges } = JSON.parse(text) as { exchanges: readonly Record<string, unknown>[] };
      assert.deepEqual(
        exchanges.map(({ project, instance, key }) => [project, instance, key]),
        [['project-saved', 'replica-1', undefined]],
      );
      await page.getByRole('button', { name: /project-saved/ }).click();
      assert.match(await page.locator('.exchange').innerText(), /Replica\s+replica-1/);
    }));

  test('says which other replicas the ledger knows, and how to look at them', () =>
    withLive('', wide, async (page) => {
      await page.getByText('Exchanges of other gateways are in their own consoles:').waitFor();
      const source = await page.locator('.source').innerText();
      assert.match(source, /consoles: replica-2\./);
      assert.match(source, /kubectl port-forward pod\/replica-2 \d+:\d+/);
      await assertAccessible(page, 'other replicas');
    }));

  test('reads again after the gateway has ended the stream', () =>
    withLive('', wide, async (page) => {
      assert.equal(gateway.reload({}), true);
      await page.getByText('The gateway has ended the stream.').waitFor();
      await page.getByText('The gateway has ended the stream.').waitFor({ state: 'detached' });
      await get('/v2/project-after/servers', xml);
      await page.getByRole('button', { name: /project-after/ }).waitFor();
    }));
});

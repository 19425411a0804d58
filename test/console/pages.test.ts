// The console in a real browser: pages, keyboard, accessibility, and what reaches the server.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { assertAccessible } from './accessible.ts';
import { looks, noBrowser, playOn, showText, startBrowser, type Look, type WatchedPage } from './browser.ts';

const token = 'CanaryToken-of-the-console';
const folder = mkdtempSync(join(tmpdir(), 'gateway-console-'));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'token'), token);

const wide = { screen: 'wide', colorScheme: 'light' } as const;

/** The pages, each with a text that stands there when its data have come. */
const pages: Readonly<Record<string, RegExp>> = {
  '/console': /Nobody has needed the gateway since/,
  '/console/gateway': /exchanges\.maxWaiting/,
  '/console/gateway?q=nothing-has-this': /No setting has/,
  '/console/gateway?q=exchanges&show=given': /of \d+ settings/,
  '/console/reasons': /with 415/,
  '/console/reasons/xml-request': /Sent today/,
  '/console/reasons/none': /There is no such reason/,
  '/console/retirement': /Begin with this one/,
  '/console/try': /Here stands what the cloud would get/,
  '/console/try?form=answer': /An answer back/,
  '/console/live': /No exchange has ended since/,
  '/console/live?q=req-6a1e8b1c-0d7c-4f6e-9c8e-0a1b2c3d4e5f': /this gateway keeps none while nobody watches/,
  '/console/live?status=5&needs=only': /None of the last 0 exchanges matches/,
  '/console/api': /\/api\/settings\.csv/,
};

describe('the console in a browser', { skip: noBrowser }, () => {
  let gateway: TestGateway;
  let browser: Browser;
  before(async () => {
    gateway = await startTestGateway(refusingUrl, { GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token') });
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  const withPage = (
    given: string | undefined,
    play: (page: Page, watched: WatchedPage) => Promise<void>,
    look: Look = wide,
  ): Promise<void> => playOn(browser, { look, token: given }, play);

  const show = (page: Page, path: string, text: RegExp): Promise<void> => showText(page, gateway.adminUrl + path, text);

  for (const look of looks)
    test(`each page fits the ${look.screen} screen, and axe finds nothing (${look.colorScheme})`, () =>
      withPage(
        token,
        async (page) => {
          for (const [path, text] of Object.entries(pages)) {
            await show(page, path, text);
            await assertAccessible(page, path);
            const widths = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]');
            assert.equal(widths[0], widths[1], `${path} is as wide as the screen`);
          }
          await show(page, '/console/gateway', /exchanges\.maxWaiting/);
          await page.locator('summary').first().click();
          await assertAccessible(page, 'a setting with its help');
        },
        look,
      ));

  test('asks for the token, says when it is wrong, and shows the page with the right one', () =>
    withPage(undefined, async (page, { complaints }) => {
      await show(page, '/console/reasons', /Token of the admin port/);
      await assertAccessible(page, 'the form');
      const input = page.getByLabel('Token of the admin port');
      await input.fill('a-token-that-is-wrong');
      await page.getByRole('button', { name: 'Show the gateway' }).click();
      await page.getByText('The gateway refused the token.').waitFor();
      await assertAccessible(page, 'the form after a failure');
      assert.match(String(complaints), /401/);
      (complaints as string[]).length = 0;
      await input.fill('a-token-of-ünïcode');
      await input.press('Enter');
      await page.getByText('This is no token of a gateway.').waitFor();
      await input.fill(token);
      await input.press('Enter');
      await page.getByText(/with 415/).waitFor();
      assert.equal(new URL(page.url()).pathname, '/console/reasons');
      await page.getByRole('button', { name: 'Forget the token' }).click();
      await page.getByText(/Token of the admin port/).waitFor();
      assert.deepEqual(await page.evaluate('[sessionStorage.length, localStorage.length]'), [0, 0]);
    }));

  test('takes the token from the fragment of a URL, and from another tab, and never sends it in a URL', () =>
    withPage(undefined, async (page, { context }) => {
      const urls: string[] = [];
      context.on('request', (request) => urls.push(request.url()));
      await show(page, `/console/api#token=${token}`, /\/api\/limits/);
      assert.equal(page.url(), `${gateway.adminUrl}/console/api`);
      await page.evaluate('sessionStorage.clear()');
      await page.goto(`${gateway.adminUrl}/console/api#token=${token}`);
      await page.waitForURL(`${gateway.adminUrl}/console/api`);
      await page.getByText('/api/limits.csv').waitFor();
      assert.equal(await page.evaluate(`sessionStorage.getItem('gateway-token')`), token);
      const other = await context.newPage();
      await show(other, '/console/reasons', /with 415/);
      assert.ok(urls.length > 20);
      assert.deepEqual(
        urls.filter((url) => url.replace(/#.*/, '').includes(token)),
        [],
      );
      assert.deepEqual(await context.cookies(), []);
    }));

  test('asks again when the token of the gateway has changed', () =>
    withPage(token, async (page, { complaints }) => {
      await show(page, '/console/api', /\/api\/limits/);
      await page.evaluate(`sessionStorage.setItem('gateway-token', 'a-token-of-yesterday')`);
      await page.getByRole('link', { name: 'Reasons', exact: true }).click();
      await page.getByText('The gateway no longer takes the token of this tab.').waitFor();
      assert.match(String(complaints), /401/);
      (complaints as string[]).length = 0;
    }));

  test('is used by the keyboard alone: skip link, navigation, search, and the help of a setting', () =>
    withPage(token, async (page) => {
      const focused = (): Promise<string> => page.evaluate<string>('document.activeElement.textContent.trim()');
      await show(page, '/console/gateway', /exchanges\.maxWaiting/);
      await page.keyboard.press('Tab');
      assert.equal(await focused(), 'Skip to the content');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate('document.activeElement.id'), 'content');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Shift+Tab');
      assert.equal(await focused(), 'Reasons');
      await page.keyboard.press('Enter');
      await page.getByText(/with 415/).waitFor();
      assert.equal(await focused(), 'Reasons');
      assert.equal(await page.evaluate('document.activeElement.tagName'), 'H1');
      assert.equal(await page.title(), 'Reasons – Gateway console');
      await page.goBack();
      await page
        .getByText(/exchanges\.maxWaiting/)
        .first()
        .waitFor();
      await page.getByLabel('Search settings').focus();
      await page.keyboard.type('exchanges.maxW');
      await page.getByText(/^\d of \d+ settings$/).waitFor();
      assert.equal(new URL(page.url()).searchParams.get('q'), 'exchanges.maxW');
      await page.locator('summary', { hasText: 'exchanges.maxWaiting' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('GATEWAY_EXCHANGES_MAX_WAITING').waitFor();
    }));

  test('saves each table as CSV and JSON, with the token', () =>
    withPage(token, async (page) => {
      await show(page, '/console/gateway', /exchanges\.maxWaiting/);
      for (const [name, file, start] of [
        ['Settings as CSV', 'settings.csv', 'name,variable,group'],
        ['Settings as JSON', 'settings.json', '{"settings":['],
        ['Limits as CSV', 'limits.csv', 'metric,region'],
      ] as const) {
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
        assert.equal(download.suggestedFilename(), file);
        assert.ok(readFileSync(await download.path(), 'utf8').startsWith(start), name);
      }
    }));

  test('shows times in the zone of the reader with UTC beside, and keeps what it has when the gateway is gone', () =>
    withPage(token, async (page, { complaints }) => {
      await show(page, '/console/gateway', /exchanges\.maxWaiting/);
      assert.match(
        await page.locator('.facts').innerText(),
        // The day is shown, too, when one of the two zones has another than now.
        /\d\d:\d\d GMT\+5:30 (?:· |\d{4}-\d\d-\d\d )\d\d:\d\d UTC/,
      );
      await page.route('**/api/**', (route) => route.abort());
      await page.getByText('The gateway does not answer.').first().waitFor();
      assert.match(await page.locator('main').innerText(), /exchanges\.maxWaiting/);
      assert.ok(complaints.every((complaint) => complaint.includes('ERR_FAILED')));
      (complaints as string[]).length = 0;
    }));

  test('keeps its places while data come: nothing jumps', async () => {
    for (const look of looks.filter(({ colorScheme }) => colorScheme === 'light'))
      await withPage(
        token,
        async (page) => {
          await page.addInitScript({ content: countShifts });
          for (const [path, text] of Object.entries(pages)) {
            await show(page, path, text);
            const shifted = await page.evaluate<number>('shifted');
            // Web Vitals call up to 0.1 good.
            assert.ok(shifted < 0.05, `${path} (${look.screen}): ${shifted}`);
          }
        },
        look,
      );
  });
});

/** Scripts in the browser are texts, because the types of a browser are not those of node. */
const countShifts = `
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (shifted += value)))
    .observe({ type: 'layout-shift', buffered: true });
`;

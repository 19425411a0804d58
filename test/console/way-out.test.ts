// The page of the way out in a real browser, with a ledger of two years, without one, and with a store that is away.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { dayMs } from '../../src/ledger/days.ts';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { calls, countOf, each, run } from '../way-out/simulated.ts';
import { assertAccessible } from './accessible.ts';
import { looks, noBrowser, playOn, startBrowser, type Opening } from './browser.ts';

const token = 'CanaryToken-of-the-way-out';
const folder = mkdtempSync(join(tmpdir(), 'gateway-way-out-'));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'token'), token);

const now = Date.now();
const ago = (days: number): number => now - days * dayMs;

/** Fill a file with two years: a daily client, one that stopped a year ago, and three days without data. */
async function fillFile(): Promise<string> {
  const place = `sqlite:${join(folder, 'ledger.db')}`;
  const store = await openLedgerStore(place, { access: 'keep' });
  const [first, second] = [run(ago(730), ago(300)), run(ago(297), now)];
  await store.write(first, calls(each(ago(730), ago(365), 1), { project: 'old', reason: 'suffix' }).map(countOf));
  await store.write(second, calls(each(ago(729), ago(0.5), 1), { project: 'größe/日本' }).map(countOf));
  await store.close();
  return place;
}

function startGateway(place: string): Promise<TestGateway> {
  return startTestGateway(refusingUrl, {
    GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token'),
    GATEWAY_LEDGER_STORE: place,
  });
}

describe('the page of the way out', { skip: noBrowser }, () => {
  let browser: Browser;
  let filled: TestGateway;
  before(async () => {
    browser = await startBrowser();
    filled = await startGateway(await fillFile());
  });
  after(async () => {
    await browser?.close();
    await filled?.stop();
  });

  const withPage = (
    { adminUrl }: TestGateway,
    path: string,
    play: (page: Page) => Promise<void>,
    opening: Omit<Opening, 'token'> = {},
  ): Promise<void> =>
    playOn(browser, { ...opening, token }, async (page) => {
      await page.goto(adminUrl + path);
      await play(page);
    });

  for (const look of looks)
    test(`shows who is left and what holds it, and axe finds nothing (${look.screen}, ${look.colorScheme})`, () =>
      withPage(
        filled,
        '/console',
        async (page) => {
          await page.getByRole('heading', { name: 'Burn-down' }).waitFor();
          const facts = await page.locator('.facts').innerText();
          assert.match(facts, /Projects left\s+✕\s*1\s+of 2 /);
          assert.match(facts, /Reasons left\s+✕\s*1\s+of 2 /);
          assert.match(await page.locator('.holds').innerText(), /Project größe\/日本 called on/);
          await page.locator('.plot canvas').waitFor();
          await page.locator('summary').click();
          await assertAccessible(page, 'the way out');
          const widths = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]');
          assert.equal(widths[0], widths[1]);
        },
        { look },
      ));

  test('links every number to the rows behind it', () =>
    withPage(filled, '/console', async (page) => {
      await page.getByRole('heading', { name: 'Burn-down' }).waitFor();
      const hrefOf = (name: string): Promise<string | null> =>
        page.locator('.fact', { hasText: name }).getByRole('link').getAttribute('href');
      assert.equal(await hrefOf('Projects left'), '/console/projects?kind=needing&state=left');
      assert.equal(await hrefOf('Clients left'), '/console/clients?kind=needing&state=left');
      assert.deepEqual(
        await page.evaluate<string[]>(
          `[...document.querySelectorAll('.reasons-left tr:nth-child(2) a')].map((link) => link.getAttribute('href'))`,
        ),
        [
          '/console/reasons/suffix',
          '/console/projects?kind=needing&reason=suffix&state=left',
          '/console/projects?kind=needing&reason=suffix',
          '/console/clients?kind=needing&reason=suffix&state=left',
          '/console/clients?kind=needing&reason=suffix',
          '/console/projects?kind=needing&reason=suffix&sort=calls',
        ],
      );
      assert.equal(
        await page.locator('.holds').getByRole('link', { name: 'Look at the project' }).getAttribute('href'),
        `/console/projects/${encodeURIComponent('größe/日本')}`,
      );
    }));

  test('each point of the chart leads to the rows behind it: as many as it says', () =>
    withPage(filled, '/console', async (page) => {
      await page.getByRole('heading', { name: 'Burn-down' }).waitFor();
      await page.locator('.chart-legend a').first().waitFor();
      const point = page.locator('.chart-legend li', { hasText: 'all that break' }).getByRole('link');
      const count = await point.innerText();
      const { searchParams } = new URL((await point.getAttribute('href')) ?? '', filled.adminUrl);
      assert.equal(searchParams.get('kind'), 'needing');
      assert.equal(
        Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? ''),
        29 * 86_400_000,
      );
      await point.click();
      await page.getByText(new RegExp(`^${count} projects?$`)).waitFor();
      await page.getByText(/Only calls from .* in UTC/).waitFor();
      await page.goBack();
      await page.locator('summary').click();
      await page.getByRole('region', { name: 'The chart as a table' }).getByRole('link').last().click();
      await page.getByText(/^\d+ projects?$/).waitFor();
    }));

  test('chooses the day of the chart by the keyboard, and the legend and the table have its numbers', () =>
    withPage(filled, '/console', async (page) => {
      const slider = page.getByRole('slider');
      await slider.focus();
      const legend = page.locator('.chart-legend');
      assert.match(await legend.innerText(), /all that break\s+1\s/);
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await page
        .getByText(/Day .*2/)
        .first()
        .waitFor();
      assert.match(await legend.innerText(), /all that break\s+2\s/);
      assert.match(String(await slider.getAttribute('aria-valuetext')), /^\d+ \w+ \d{4}$/);
      await page.locator('summary').focus();
      await page.keyboard.press('Enter');
      const table = page.getByRole('region', { name: 'The chart as a table' });
      assert.match(await table.innerText(), /Day\s+all that break\s+xml-request\s+suffix/);
    }));

  test('is a URL with what is counted, the time and the hidden lines', () =>
    withPage(filled, '/console/way-out?measure=calls&span=90&hide=suffix', async (page) => {
      await page.getByRole('heading', { name: 'Burn-down' }).waitFor();
      assert.ok(await page.getByRole('radio', { name: 'Calls a day' }).isChecked());
      assert.ok(await page.getByRole('radio', { name: '90 days' }).isChecked());
      assert.ok(!(await page.getByRole('checkbox', { name: /suffix/ }).isChecked()));
      await page.getByRole('radio', { name: 'Clients' }).check();
      await page.getByRole('checkbox', { name: /suffix/ }).check();
      assert.equal(new URL(page.url()).search, '?measure=clients&span=90');
    }));

  test('each page about callers says of a ledger that is switched off how to switch it on', async (context) => {
    const gateway = await startGateway('off');
    context.after(() => gateway.stop());
    const views = ['', '/projects', '/projects/p1', '/clients', '/clients?agent=fog', '/reasons', '/retirement'];
    for (const view of views)
      await withPage(
        gateway,
        `/console${view}`,
        async (page) => {
          await page.getByText('This gateway counts nobody').waitFor();
          assert.equal(await page.getByRole('alert').count(), 0, view);
          await page.getByRole('link', { name: 'ledger.store' }).first().click();
          await page.getByRole('heading', { name: 'Gateway' }).waitFor();
          if (view === '') await assertAccessible(page, 'without a ledger');
        },
        { expected: /404/ },
      );
  });

  test('says of a store that is away why, and that callers are served', async (context) => {
    const gateway = await startGateway('postgres://gateway:Canary@127.0.0.1:9/ledger');
    context.after(() => gateway.stop());
    await withPage(
      gateway,
      '/console',
      async (page) => {
        await page.getByText('Callers are served and counted meanwhile').waitFor();
        assert.match(await page.getByRole('alert').innerText(), /ECONNREFUSED/);
        assert.doesNotMatch(await page.locator('body').innerText(), /Canary/);
        await assertAccessible(page, 'a store that is away');
      },
      { expected: /503/ },
    );
  });
});

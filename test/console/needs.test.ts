// The pages of projects and clients in a real browser: who still needs the gateway, and what the owner of each must change.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { putSimulated } from '../../examples/demo/month/demo-ledger.ts';
import { simulatedGap } from '../../examples/demo/month/simulated-counts.ts';
import { dayMs } from '../../src/ledger/days.ts';
import type { DayCount } from '../../src/ledger/entry.ts';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { assertAccessible } from './accessible.ts';
import { looks, noBrowser, playOn, showText, startBrowser, type Look, type WatchedPage } from './browser.ts';

const token = 'CanaryToken-of-the-needs';
const folder = mkdtempSync(join(tmpdir(), 'gateway-needs-'));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'token'), token);

const wide = { screen: 'wide', colorScheme: 'light' } as const;
const now = Date.now();

/** Make the calls of many projects, one each. */
const manyProjects = (count: number): readonly DayCount[] =>
  Array.from({ length: count }, (_, index) => ({
    key: {
      project: `project-${String(index).padStart(5, '0')}`,
      agent: `agent/${index % 70}`,
      network: '192.0.2.0/24',
      operation: 'listServers',
      reason: 'xml-answer',
    },
    day: new Date(now - dayMs).toISOString().slice(0, 10),
    answered: index + 1,
    failed: 0,
    first: now - dayMs,
    last: now - dayMs,
    requestId: `req-${index}`,
  }));

/** Make a file with counts. @returns the setting that names it */
async function storeOf(name: string, put: (store: LedgerStore) => Promise<void>): Promise<string> {
  const setting = `sqlite:${join(folder, name)}.db`;
  const store = await openLedgerStore(setting, { access: 'keep' });
  await put(store);
  await store.close();
  return setting;
}

const putMany = (store: LedgerStore): Promise<void> => {
  const run = { instance: 'gateway-1', boot: 'many', version: '1.0.0', startedAt: now - 9 * dayMs, storedAt: now };
  return store.write({ ...run, isClosed: true, others: 0 }, manyProjects(10_000));
};

const startConsole = (store: string): Promise<TestGateway> =>
  startTestGateway(refusingUrl, {
    GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token'),
    GATEWAY_LEDGER_STORE: store,
    // The ledger is told apart from what this gateway counts.
    GATEWAY_LEDGER_INSTANCE: 'gateway-2',
  });

const scripts = ['archiv-münchen', '研究所-計算', 'архив-судов', 'بحوث-المناخ', 'ηλεκτρονικό-κατάστημα', 'गणित-विभाग'];

/** The views, each with a text that stands there when its data have come. */
const views: Readonly<Record<string, RegExp>> = {
  '/console/projects': /^\d+ projects$/,
  '/console/projects?q=nothing-has-this': /No project is like that/,
  '/console/projects/never-counted': /was never counted/,
  '/console/projects/finance?day=2026-01-01': /Last call/,
  '/console/clients': /^\d+ clients$/,
  '/console/clients?agent=': /from 198/,
  '/console/clients?agent=fog%2F1.22.0': /Ask for JSON/,
  '/console/reasons': /\d+ projects?$/,
};

describe('the projects and clients in a browser', { skip: noBrowser }, () => {
  let gateway: TestGateway;
  let browser: Browser;
  before(async () => {
    gateway = await startConsole(await storeOf('month', (store) => putSimulated(store, now)));
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  const withPage = (play: (page: Page, watched: WatchedPage) => Promise<void>, look: Look = wide): Promise<void> =>
    playOn(browser, { look, token }, play);

  const show = (page: Page, path: string, text: RegExp): Promise<void> => showText(page, gateway.adminUrl + path, text);

  for (const look of looks)
    test(`each view fits the ${look.screen} screen, and axe finds nothing (${look.colorScheme})`, () =>
      withPage(async (page) => {
        for (const [path, text] of Object.entries(views)) {
          await show(page, path, text);
          await assertAccessible(page, path);
          await assertFits(page, path);
        }
        for (const name of scripts) {
          await show(page, `/console/projects/${encodeURIComponent(name)}`, /would fail without|To change by/);
          assert.equal(await page.locator('h1').innerText(), name);
          assert.equal(await page.title(), `${name} – Projects – Gateway console`);
          await assertFits(page, name);
        }
        await assertAccessible(page, 'a project');
      }, look));

  test('a newcomer finds who still needs the gateway, what breaks for a project, and what its owner must change', () =>
    withPage(async (page, { context }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.goto(`${gateway.adminUrl}/console`);
      await page.getByRole('navigation').getByRole('link', { name: 'Projects' }).click();
      const first = page.locator('table[aria-label="Projects"] tbody tr').first();
      await first.waitFor();
      assert.match(await first.innerText(), /finance\s+active/);
      await page.getByRole('link', { name: 'finance', exact: true }).click();
      await page.getByText('The cloud refuses a request whose Content-Type is XML with 415').first().waitFor();
      const area = page.getByLabel('The text for the owner');
      await area.waitFor();
      await page.getByLabel('To change by').fill('2027-03-31');
      await page.getByRole('button', { name: 'Copy the text' }).click();
      await page.getByText('Copied.').waitFor();
      const text = await page.evaluate<string>('navigator.clipboard.readText()');
      assert.equal(text, await area.inputValue());
      assert.match(text, /^THIS IS AN EXAMPLE/);
      assert.match(text, /\nSubject: Project finance: change your client of the Compute API by 31 March 2027\n/);
      assert.match(text, /\n1\. fog\/1\.22\.0, from the network 192\.0\.2\.0\/24\n {3}Calls: .*rebuild/);
      assert.match(text, /\n {3}Since: \d{4}-\d\d-\d\d, last at \d{4}-\d\d-\d\d \d\d:\d\d UTC\n {3}Last request: req-/);
      assert.match(text, /To change: Send the body as JSON/);
      assert.match(text, /Python-httplib2\/0\.7\.7/);
      assert.doesNotMatch(text, /path-v2/);
      assert.equal(new URL(page.url()).searchParams.get('by'), '2027-03-31');
    }));

  test('the text is selected where the browser lets no page copy', () =>
    withPage(async (page) => {
      await page.addInitScript({ content: `Object.defineProperty(navigator, 'clipboard', { value: undefined })` });
      await show(page, '/console/projects/finance', /Copy the text/);
      await page.getByRole('button', { name: 'Copy the text' }).click();
      await page.getByText('The text is selected').waitFor();
      const area = page.getByLabel('The text for the owner');
      assert.equal(await page.evaluate('String(getSelection())'), await area.inputValue());
    }));

  test('search, choices, order and day are parts of the URL, and a colleague sees the same', () =>
    withPage(async (page) => {
      await show(page, '/console/projects', /^\d+ projects$/);
      await page.getByLabel('State').selectOption('fading');
      await page.getByLabel('Reason').selectOption('xml-answer');
      await page.getByText('2 projects', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Last call' }).click();
      await page.locator('th[aria-sort="descending"]').waitFor();
      // The rows of before stay until the others are here.
      await page.locator('tbody th').first().getByText('गणित-विभाग').waitFor();
      const { searchParams } = new URL(page.url());
      assert.deepEqual(Object.fromEntries(searchParams), { reason: 'xml-answer', sort: 'last', state: 'fading' });
      const names = await page.locator('tbody th').allInnerTexts();
      await page.reload();
      await page.getByText('2 projects', { exact: true }).waitFor();
      assert.deepEqual(await page.locator('tbody th').allInnerTexts(), names);
      await page.goBack();
      await page.getByLabel('Search projects').fill('архив');
      await page.getByText('No project is like that').waitFor();
      await page.getByRole('link', { name: 'Show all projects' }).click();
      await page.getByText(/^\d\d projects$/).waitFor();
    }));

  test('every number leads to its rows: projects of a client, calls of a reason, clients of a project', () =>
    withPage(async (page) => {
      await show(page, '/console/clients', /^\d+ clients$/);
      const row = page.locator('tbody tr', { hasText: 'jclouds/1.6.0' });
      await row.locator('td.number a').first().click();
      await page.getByText('1 project', { exact: true }).waitFor();
      await page.getByRole('link', { name: '7459f9935ed2422eb9800fea1d4d9378' }).click();
      await page
        .locator('table[aria-label="What breaks, and what to change"] tr', { hasText: 'suffix' })
        .locator('td.number a')
        .click();
      await page.getByText('Only the reason suffix.').waitFor();
      const calls = page.locator('table[aria-label="Calls"] tbody tr');
      await calls.nth(1).waitFor({ state: 'detached' });
      assert.match(await calls.innerText(), /listKeypairs[^]*req-/);
      await show(page, '/console/reasons/chunked-request', /Who has it/);
      await page.getByRole('link', { name: 'projects', exact: true }).click();
      await page.getByRole('link', { name: 'hr-portal' }).waitFor();
    }));

  test('the days are read without colour and by the keyboard alone', () =>
    withPage(async (page) => {
      await show(page, '/console/projects/finance', /Copy the text/);
      const today = new Date(now).toISOString().slice(0, 10);
      const focused = (): Promise<string> => page.evaluate<string>('document.activeElement.dataset.day');
      const daysBefore = (count: number): string => new Date(now - count * dayMs).toISOString().slice(0, 10);
      assert.equal(await page.locator('[data-day][tabindex="0"]').count(), 1);
      await page.locator(`[data-day="${today}"]`).focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowUp');
      assert.equal(await focused(), daysBefore(8));
      await page.keyboard.press('PageUp');
      assert.equal(await focused(), daysBefore(36));
      const label = await page.evaluate<string>('document.activeElement.textContent');
      assert.match(label, /\w+day,? \d+ \w+ \d{4}: \d+ calls/);
      await page.keyboard.press('Enter');
      await page.getByText('Would fail without the gateway').waitFor();
      assert.equal(new URL(page.url()).searchParams.get('day'), daysBefore(36));
      assert.equal(await page.locator('[aria-current="date"]').getAttribute('data-day'), daysBefore(36));
      const silent = daysBefore(simulatedGap.from - 1);
      assert.match((await page.locator(`[data-day="${silent}"]`).textContent()) ?? '', /: no calls/);
    }));

  test('the columns of a table stand below their headings', () =>
    withPage(async (page) => {
      await show(page, '/console/projects/finance', /Copy the text/);
      const shifted = await page.evaluate<string[]>(misplacedColumns);
      assert.deepEqual(shifted, []);
    }));

  test('a day of the calendar leads to its rows, by a URL that shows a colleague the same', () =>
    withPage(async (page) => {
      await show(page, '/console/projects/finance', /Copy the text/);
      const day = new Date(now - 3 * dayMs).toISOString().slice(0, 10);
      await page.locator(`[data-day="${day}"]`).click();
      const rows = page.locator('table[aria-label="Calls of the day"] tbody tr');
      await rows.first().waitFor();
      assert.match(await rows.first().innerText(), /fog\/1\.22\.0/);
      await page.reload();
      await rows.first().waitFor();
      const number = page.locator('.chosen-day dd a').first();
      const calls = Number((await number.innerText()).replaceAll(',', ''));
      await number.click();
      await page.getByText(/^\s*Only calls of \d/).waitFor();
      await page.getByText('Only calls that fail without the gateway.').waitFor();
      assert.ok(calls > 0);
      assert.equal(await page.locator('table[aria-label="Calls"] tbody tr').count(), await rows.count());
      const query = Object.fromEntries(new URL(page.url()).searchParams);
      assert.deepEqual(query, { day, from: day, to: day, kind: 'needing' });
      await page.getByRole('link', { name: 'Show all days' }).click();
      await page.getByText(/^\s*Only calls of \d/).waitFor({ state: 'detached' });
    }));

  test('each table is saved as CSV and JSON, with what is chosen', () =>
    withPage(async (page) => {
      await show(page, '/console/projects?reason=spelling', /^2 projects$/);
      const saved = async (name: string): Promise<string> => {
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
        return `${download.suggestedFilename()}\n${readFileSync(await download.path(), 'utf8')}`;
      };
      const csv = await saved('Who needs the gateway as CSV');
      assert.match(csv, /^projects\.csv\nproject,/);
      assert.equal(csv.trim().split(/\r?\n/).length, 4);
      assert.match(await saved('Who needs the gateway as JSON'), /^projects\.json\n\{.*"total":2/);
      await show(page, '/console/projects/finance', /Copy the text/);
      for (const name of ['What breaks, and what to change', 'Days', 'Clients', 'Calls'])
        assert.match(
          await saved(`${name} as CSV`),
          /^(?:needs|days)\.csv\n(?:day|project|agent|network|operation|reason|kind)[,\w]*\r\n/,
        );
    }));

  test('keeps its places while data come: nothing jumps', async () => {
    for (const look of looks.filter(({ colorScheme }) => colorScheme === 'light'))
      await withPage(async (page) => {
        await page.addInitScript({ content: countShifts });
        for (const [path, text] of Object.entries(views)) {
          await show(page, path, text);
          await page.waitForLoadState('networkidle');
          const shifted = await page.evaluate<number>('shifted');
          // Web Vitals call up to 0.1 good.
          assert.ok(shifted < 0.05, `${path} (${look.screen}): ${shifted}`);
        }
      }, look);
  });

  test('says on each view that the data are simulated', () =>
    withPage(async (page) => {
      for (const path of ['projects', 'projects/finance', 'clients', 'clients?agent=fog/1.22.0'])
        await show(page, `/console/${path}`, /Simulated data/);
    }));
});

describe('ten thousand projects in a browser', { skip: noBrowser }, () => {
  let gateway: TestGateway;
  let browser: Browser;
  before(async () => {
    gateway = await startConsole(await storeOf('many', putMany));
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  test('are shown page by page, and searched by the gateway', async () => {
    await playOn(browser, { token }, async (page) => {
      await page.goto(`${gateway.adminUrl}/console/projects?sort=calls`);
      await page.getByText('1–50 of 10,000').waitFor();
      assert.equal(await page.locator('tbody tr').count(), 50);
      assert.match(await page.locator('tbody tr').first().innerText(), /project-09999/);
      await page.getByRole('link', { name: 'Last', exact: true }).click();
      await page.getByText('9,951–10,000 of 10,000').waitFor();
      assert.equal(new URL(page.url()).searchParams.get('page'), '200');
      await page.getByLabel('Search projects').fill('project-0421');
      await page.getByText('10 projects', { exact: true }).waitFor();
      assert.equal(await page.getByText('Simulated data').count(), 0);
    });
  });
});

/** Scripts in the browser are texts, because the types of a browser are not those of node. */
const misplacedColumns = `
  [...document.querySelectorAll('table[aria-label]:not([role])')].flatMap((table) =>
    [...table.tHead.rows[0].cells]
      .filter((head, at) => Math.abs(head.getBoundingClientRect().left - table.tBodies[0].rows[0].cells[at].getBoundingClientRect().left) > 1)
      .map((head) => table.ariaLabel + ': ' + head.textContent))`;

const countShifts = `
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (shifted += value)))
    .observe({ type: 'layout-shift', buffered: true });
`;

async function assertFits(page: Page, what: string): Promise<void> {
  const [scrolled, inner] = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]');
  assert.equal(scrolled, inner, `${what} is as wide as the screen`);
}

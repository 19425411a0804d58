// The page of the retirement file and the list of replicas in a real browser, with a ledger of a fleet in SQLite.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { dayMs, dayText } from '../../src/ledger/days.ts';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { readRetirementText } from '../../src/retirement/read/read-file.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { noBrowser, playOn, startBrowser } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-retirement-page-'));
after(() => rmSync(folder, { recursive: true }));
const token = 'Token-of-the-page-of-the-retirement';
writeFileSync(join(folder, 'token'), token);
const file = join(folder, 'retire.json');
const now = Date.now();
const today = Math.floor(now / dayMs);
const store = `sqlite:${join(folder, 'ledger.db')}`;

/** Fill the ledger: of two replicas one is silent; a client calls, and was refused by a brownout. */
async function fill(): Promise<void> {
  const ledger = await openLedgerStore(store, { access: 'keep' });
  const run = { version: '1.0.0', startedAt: now - 90 * dayMs, isClosed: false, others: 0 };
  const key = { project: 'finance', agent: 'Java/1.6', network: '192.0.2.0/24', operation: 'rebuild' };
  const count = (daysBefore: number, refused: number): Parameters<typeof ledger.write>[1][number] => ({
    key: { ...key, reason: 'xml-request' },
    day: dayText(today - daysBefore),
    answered: 12,
    failed: refused,
    refused,
    first: now - daysBefore * dayMs,
    last: now - daysBefore * dayMs,
    requestId: 'req-1',
  });
  await ledger.write({ ...run, instance: 'gateway-a', boot: 'a', storedAt: now }, [count(1, 0), count(5, 3)]);
  await ledger.write({ ...run, instance: 'gateway-b', boot: 'b', storedAt: now - 2 * dayMs }, []);
  await ledger.close();
}

describe('the page of the retirement file', { skip: noBrowser }, () => {
  let [withFile, without]: TestGateway[] = [];
  let browser: Browser;
  before(async () => {
    await fill();
    writeFileSync(
      file,
      JSON.stringify({
        timeZone: 'Europe/Berlin',
        brownouts: [
          { name: 'tried', from: dayText(today - 5), to: dayText(today - 4) },
          { name: 'a day', from: '2090-06-01', to: '2090-06-02' },
        ],
      }),
    );
    const settings = { GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token'), GATEWAY_LEDGER_INSTANCE: 'gateway-c' };
    withFile = await startTestGateway(refusingUrl, { ...settings, GATEWAY_LEDGER_STORE: store, GATEWAY_RETIRE: file });
    without = await startTestGateway(refusingUrl, settings);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await withFile?.stop();
    await without?.stop();
  });

  const withPage = (
    gateway: TestGateway | undefined,
    path: string,
    play: (page: Page) => Promise<void>,
  ): Promise<void> =>
    playOn(browser, { token }, async (page) => {
      await page.goto(`${gateway?.adminUrl}${path}`);
      await play(page);
    });

  test('leads from a day of the calendar to its brownout, with the times of the file, of the reader and of UTC', () =>
    withPage(withFile, '/console/retirement', async (page) => {
      const day = page.getByRole('link', { name: /^1 June: a day/ });
      await day.click();
      const row = page.locator('tr:target');
      assert.match(
        (await row.innerText()).replaceAll(/\s+/g, ' '),
        /a day all who need the gateway.*2090-06-01 00:00 Europe\/Berlin 1 Jun 2090, 03:30 GMT\+5:30 2090-05-31 22:00 UTC/,
      );
      await page.getByRole('link', { name: 'Earlier (1)' }).click();
      await page.waitForURL(/month=2090-03/);
    }));

  test('says what a brownout refused, and whom those to come would refuse', () =>
    withPage(withFile, `/console/retirement?month=${dayText(today - 5).slice(0, 7)}`, async (page) => {
      await page.getByText('3 refused on its days').waitFor();
      const part = page.locator('details', { hasText: 'a day would refuse 27 exchanges of 1 project with 1 client' });
      await part.locator('summary').focus();
      await page.keyboard.press('Enter');
      await part.getByRole('link', { name: 'finance' }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Whom it would refuse as CSV' }).click(),
      ]);
      const table = readFileSync(await download.path(), 'utf8');
      assert.match(
        table,
        /^part,effect,project,agent,network,operation,reasons,exchanges,last\r\na day,refused,finance,/,
      );
    }));

  test('shows why a changed file is not used, and goes on showing the former one', () =>
    withPage(withFile, '/console/retirement', async (page) => {
      await page.getByRole('link', { name: /^1 June: a day/ }).waitFor();
      const former = readFileSync(file);
      writeFileSync(file, '{"sunset": "never"}');
      await page.reload();
      await page.getByText('sunset is "never"; it must be a date').waitFor();
      await page.getByText('The former one stays in use').waitFor();
      await page.getByRole('link', { name: /^1 June: a day/ }).waitFor();
      writeFileSync(file, former);
    }));

  test('proposes a file to who has none, in the zone of the reader, which can be used as it is', () =>
    withPage(without, '/console/retirement', async (page) => {
      const text = await page.getByLabel('A retirement file to begin with').innerText();
      const { zone, brownouts } = readRetirementText('-', text);
      assert.match(zone.name, /^Asia\/(?:Kolkata|Calcutta)$/);
      assert.deepEqual(
        brownouts.map(({ name }) => name),
        ['first hours', 'first day'],
      );
      await page.getByRole('button', { name: 'Copy the file' }).click();
      await page.getByText(/^(?:Copied\.|The text is selected.*)$/).waitFor();
    }));

  test('lists the replicas that the store knows; a gateway with a ledger in memory says that it shows itself alone', async () => {
    await withPage(withFile, '/console/gateway', async (page) => {
      const table = page.locator('.replicas');
      await table.waitFor();
      const rows = (await table.locator('tbody tr').allInnerTexts()).map((row) =>
        row.split(/\s+/).slice(0, 2).join(' '),
      );
      assert.deepEqual(rows.toSorted(), ['gateway-a alive', 'gateway-b silent', 'gateway-c alive']);
    });
    await withPage(withFile, '/console/projects', async (page) => {
      await page.getByText(/^The counts of 2 gateways that are alive, and 1 silent, since/).waitFor();
    });
    await withPage(without, '/console/projects', async (page) => {
      await page.getByText(/^The counts of this gateway alone/).waitFor();
    });
    await withPage(without, '/console/gateway', async (page) => {
      await page.getByText(/show this gateway alone/).waitFor();
      await page.locator('.replicas').waitFor();
      assert.deepEqual(await page.locator('.replicas tbody th').allInnerTexts(), ['gateway-c']);
    });
  });
});

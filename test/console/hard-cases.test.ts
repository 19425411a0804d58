// Every page of the console in a real browser, in each hard case: two years of three replicas with ten thousand keys and names in
// every script, nothing at all, and a store that is away beside a retirement file with mistakes.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { startPostgres, whyNoPostgres, type RealPostgres } from '../ledger/start-postgres.ts';
import { bearer, callAdmin } from '../server/admin-caller.ts';
import { root } from '../support/documents.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { assertAccessible } from './accessible.ts';
import { noBrowser, playOn, screens, startBrowser } from './browser.ts';
import { fillHardLedger, hardNames } from './hard-ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-hard-cases-'));
after(() => rmSync(folder, { recursive: true }));
const token = 'CanaryOfTheToken';
writeFileSync(join(folder, 'token'), token);

/** Further views of a page, besides `/console/NAME`. */
const furtherViews: Readonly<Record<string, readonly string[]>> = {
  gateway: ['?q=ledger&show=given', '?q=nothing-has-this'],
  reasons: ['/xml-request', '/none'],
  retirement: ['?month=2027-03', '?rules=all#rules'],
  projects: [7, 8, 12].map((at) => hardNames[at] ?? '').map((name) => `/${encodeURIComponent(name)}`),
  clients: [hardNames[0] ?? '', hardNames[8] ?? ''].map((name) => `?agent=${encodeURIComponent(name)}`),
};

const names = readdirSync(join(root, 'console/pages')).map((file) => file.replace(/\.js$/, ''));
/** Every page that has a module, so that a new one is looked at without a word here. */
const views = [
  '/console',
  ...names.flatMap((name) => ['', ...(furtherViews[name] ?? [])].map((view) => `/console/${name}${view}`)),
];

const mainViews = names.map((name) => `/console/${name}`);

const now = Date.now();
const noPostgres = whyNoPostgres();
/** `shared` is the same ledger as `full`, in PostgreSQL. */
type HardCase = 'full' | 'shared' | 'empty' | 'away';
const cases: readonly HardCase[] = ['full', ...(noPostgres === false ? (['shared'] as const) : []), 'empty', 'away'];

test('the further views are those of pages', () => {
  assert.ok(names.length > 3);
  for (const name of Object.keys(furtherViews))
    assert.ok(names.includes(name) || name === 'projects' || name === 'clients', name);
});

describe('every page in a browser', { skip: noBrowser }, () => {
  const gateways = new Map<HardCase, TestGateway>();
  let postgres: RealPostgres | undefined;
  let browser: Browser;
  const urlOf = (hard: HardCase): string => gateways.get(hard)?.adminUrl ?? '';

  before(async () => {
    const guard = { GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token') };
    const start = async (hard: HardCase, settings: Readonly<Record<string, string>>): Promise<void> =>
      void gateways.set(hard, await startTestGateway(refusingUrl, { ...guard, ...settings }));
    const inFile = `sqlite:${join(folder, 'ledger.db')}`;
    await start('full', { GATEWAY_LEDGER_STORE: await filled(inFile), GATEWAY_RETIRE: hardFile() });
    if (noPostgres === false) {
      postgres = await startPostgres();
      await start('shared', { GATEWAY_LEDGER_STORE: await filled(await postgres.create()) });
    }
    await start('empty', {});
    const broken = hardFile();
    await start('away', {
      GATEWAY_LEDGER_STORE: 'postgres://gateway:CanaryOfTheStore@127.0.0.1:1/gateway?sslmode=disable',
      GATEWAY_RETIRE: broken,
    });
    writeFileSync(
      broken,
      '{"link": "https://me:CanaryOfTheFile@docs.example.org/?CanaryOfTheFile", "sunset": "never"}',
    );
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    for (const gateway of gateways.values()) await gateway.stop();
    await postgres?.stop();
  });

  const rowsOf = async (hard: HardCase): Promise<readonly string[]> => {
    const path = '/api/needs.csv?by=project,agent,operation,reason';
    return (await callAdmin(urlOf(hard), path, { headers: bearer(token) })).body.split('\r\n').toSorted();
  };

  test('a ledger in PostgreSQL is shown like one in a file', { skip: noPostgres }, async () => {
    const [rows, expected] = [await rowsOf('shared'), await rowsOf('full')];
    assert.ok(rows.length > 9_000);
    assert.deepEqual(
      rows.filter((row, at) => row !== expected[at]),
      [],
    );
  });

  for (const hard of cases)
    for (const screen of ['wide', 'narrow'] as const)
      test(`${hard}, ${screen}: it fits the screen, axe finds nothing, and nothing is complained of`, async () => {
        const look = { screen, colorScheme: screen === 'wide' ? 'dark' : 'light' } as const;
        // The browser tells each answer of a store that is away.
        const expected = hard === 'away' ? /status of 50[03]/ : /^$/;
        await playOn(browser, { look, token, expected }, async (page) => {
          for (const view of hard === 'full' ? views : mainViews) {
            await show(page, urlOf(hard) + view);
            const found = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]');
            assert.equal(found[0], screens[screen].width, `${view} is as wide as the screen`);
            assert.equal(found[1], screens[screen].width);
            // Each look takes a third of a second or more: the tests of the pages look in both widths, light and dark.
            if (hard === 'full' && screen === 'wide') await assertAccessible(page, `${view} (${hard}, ${screen})`);
            assert.doesNotMatch(await page.content(), /Canary/i, view);
            assert.doesNotMatch(await page.title(), /^(?:hit|1)$/, 'a name is a text');
          }
        });
      });

  test('the keyboard reaches everything that can be used, in the order of the page', () =>
    // A busy machine may answer that the ledger is being read; the page asks again.
    playOn(
      browser,
      { look: { screen: 'narrow', colorScheme: 'light' }, token, expected: /status of 503/ },
      async (page) => {
        for (const view of views) {
          await show(page, urlOf('full') + view);
          const stops: string[] = [];
          for (let stop = 0; stop < names.length + 4; stop += 1) {
            await page.keyboard.press('Tab');
            stops.push(await page.evaluate<string>('document.activeElement.textContent.trim()'));
          }
          assert.equal(stops[0], 'Skip to the content', view);
          assert.ok(stops.includes('Gateway') && stops.includes('Reasons'), `${view}: ${stops.join(', ')}`);
          assert.deepEqual(await page.evaluate<string[]>(unreachable), [], view);
        }
      },
    ));

  test('the first visit paints soon, and sends less than 150 KB', (context) =>
    playOn(browser, { token }, async (page) => {
      await show(page, `${urlOf('full')}/console`);
      const [painted = 0, bytes = 0] = await page.evaluate<number[]>(measured);
      context.diagnostic(`first paint after ${Math.round(painted)} ms, ${Math.round(bytes / 1024)} KB`);
      assert.ok(bytes > 10_000 && bytes < 150 * 1024, `${bytes} bytes`);
      // 500 ms are promised on a quiet machine; this one may be three times as slow.
      assert.ok(painted > 0 && painted < 1500, `first paint after ${painted} ms`);
    }));

  test('no secret of a request, a setting or a file is in any document or table', async () => {
    for (const hard of cases) {
      const gateway = gateways.get(hard);
      assert.ok(gateway !== undefined);
      await call(gateway.url, {
        method: 'POST',
        path: '/v2/p1/servers/CanaryOfTheServer/action?CanaryOfTheQuery=1',
        headers: {
          'X-Auth-Token': 'CanaryOfTheCaller',
          'Content-Type': 'application/xml',
          'X-Canary': 'CanaryOfTheField',
        },
        body: '<rebuild xmlns="http://docs.openstack.org/compute/api/v1.1" name="CanaryOfTheName" adminPass="CanaryOfTheBody" imageRef="a"/>',
      });
      const proven = { headers: bearer(token) };
      const { routes } = JSON.parse((await callAdmin(gateway.adminUrl, '/api', proven)).body) as {
        routes: readonly { path: string; list: string | null }[];
      };
      assert.ok(routes.length > 10);
      for (const { path, list } of routes)
        for (const place of [path, ...(list === null ? [] : [`${path}.csv`])]) {
          if (isStream(place) || path === '/api/try') continue;
          const { body, headers } = await callAdmin(gateway.adminUrl, place.replace('PROJECT', 'p1'), proven);
          assert.doesNotMatch(body + JSON.stringify(headers), /Canary/i, `${place} (${hard})`);
        }
    }
  });
});

/** Routes whose answers do not end. */
function isStream(path: string): boolean {
  return path.includes('live');
}

/** Open a view, and wait until its data are here. */
async function show(page: Page, url: string): Promise<void> {
  const running = new Set<object>();
  const begin = (request: { url: () => string }): void => {
    if (!isStream(request.url())) running.add(request);
  };
  const end = (request: object): void => void running.delete(request);
  page.on('request', begin).on('requestfinished', end).on('requestfailed', end);
  await page.goto(url);
  await page.locator('main h1').waitFor();
  // Data lead to more data: a page that has drawn twice without asking is settled.
  for (let quiet = 0; quiet < 2; quiet += 1) {
    await until(() => running.size === 0, `${url} is still loading`);
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
    if (running.size > 0) quiet = -1;
  }
  page.off('request', begin).off('requestfinished', end).off('requestfailed', end);
}

/** Fill a store. @returns its setting */
async function filled(setting: string): Promise<string> {
  const store = await openLedgerStore(setting, { access: 'keep' });
  await fillHardLedger(store, now);
  await store.close();
  return setting;
}

let files = 0;
/** Write a retirement file with many rules, and names that are hard. */
function hardFile(): string {
  const path = join(folder, `retire-${(files += 1)}.json`);
  const long = 'selection '.repeat(6).trim();
  writeFileSync(
    path,
    JSON.stringify({
      deprecation: '2026-01-01',
      sunset: '2090-01-01',
      timeZone: 'America/Argentina/ComodRivadavia',
      link: `https://docs.example.org/${'a'.repeat(200)}`,
      brownouts: [
        { name: 'w'.repeat(64), every: 'monday', from: '10:00', to: '09:30', since: '2026-01-01' },
        {
          name: long,
          from: '2026-02-01T10:00',
          to: '2026-02-01T12:00',
          only: hardNames.map((project) => ({ project })).filter(isAllowed),
        },
      ],
      rules: [
        ...Array.from({ length: 60 }, (_, at) => ({
          name: `rule ${at}`,
          project: `project-${at}`,
          from: '2026-03-01',
        })),
        { name: 'everyone', from: 'sunset', except: [{ agent: '<b>*' }] },
      ],
    }),
  );
  return path;
}

function isAllowed({ project }: { readonly project: string }): boolean {
  return !project.includes('*');
}

/** Scripts in the browser are texts, because the types of a browser are not those of node. */
const unreachable = `
  [...document.querySelectorAll('a[href], button:not(:disabled), input:not([hidden]), select, textarea, summary')]
    // The arrow keys move within a calendar, so that Tab stops at one of its days only.
    .filter((element) => element.tabIndex >= 0 || !element.dataset.day || !element.closest('section')?.querySelector('[data-day][tabindex="0"]'))
    .filter((element) => element.checkVisibility() && (element.focus(), document.activeElement !== element || element.tabIndex < 0))
    .concat([...document.querySelectorAll('[tabindex]')].filter((element) => element.tabIndex > 0))
    .map((element) => { document.activeElement.blur(); return element.outerHTML.slice(0, 200); })
    .concat((document.activeElement.blur(), []))
`;
const measured = `[
  performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter(({ name }) => name.includes('/console'))
    .reduce((sum, { transferSize }) => sum + transferSize, 0),
]`;

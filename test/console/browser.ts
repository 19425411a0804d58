import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Debian's browser. */
const chromiumPath = '/usr/bin/chromium';
const isRequired = process.env['GATEWAY_TEST_REAL_CLOUD'] === 'required';

/** The reason to skip the tests in a browser; false where there is one, or where it is required. */
export const noBrowser: string | false =
  isRequired || existsSync(chromiumPath) ? false : `there is no ${chromiumPath} (apt-get install chromium)`;

/** The sizes of screen that the console is made for. */
export const screens = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } } as const;

/** A way to look at the console. */
export interface Look {
  readonly screen: keyof typeof screens;
  readonly colorScheme: 'light' | 'dark';
  /** The zone of the reader; by default one that is far from UTC, and not by whole hours. */
  readonly zone?: string;
}

/** All ways to look at it. */
export const looks: readonly Look[] = (['wide', 'narrow'] as const).flatMap((screen) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ screen, colorScheme })),
);

/** Start a browser. Root may only start one without its sandbox. */
export function startBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: chromiumPath, args: isRoot ? ['--no-sandbox'] : [] });
}

/** A page of a browser with what it complained of. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The errors of scripts, and what the policy or the network refused. */
  readonly complaints: readonly string[];
}

/** Open a page in a context of its own. @param token the token of its tab, if it has one */
export async function openPage(browser: Browser, look: Look, token?: string): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: screens[look.screen],
    colorScheme: look.colorScheme,
    timezoneId: look.zone ?? 'Asia/Kolkata',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  if (token !== undefined)
    await page.addInitScript({ content: `sessionStorage.setItem('gateway-token', ${JSON.stringify(token)})` });
  return { page, context, complaints };
}

/** The way in which a test opens a page. */
export interface Opening {
  readonly look?: Look;
  /** The token of the tab; undefined for a tab without one. */
  readonly token: string | undefined;
  /** The complaints that are no defect. By default each complaint is one. */
  readonly expected?: RegExp;
}

/** Play with a page in a context of its own, and assert that neither its scripts, the policy nor the network complained. */
export async function playOn(
  browser: Browser,
  { look = { screen: 'wide', colorScheme: 'light' }, token, expected = /^$/ }: Opening,
  play: (page: Page, watched: WatchedPage) => Promise<void>,
): Promise<void> {
  const watched = await openPage(browser, look, token);
  try {
    await play(watched.page, watched);
    const defects = watched.complaints.filter((complaint) => !expected.test(complaint));
    assert.deepEqual(defects, []);
  } finally {
    await watched.context.close();
  }
}

/** Open a page, and wait until a text of its data stands there. */
export async function showText(page: Page, url: string, text: RegExp): Promise<void> {
  await page.goto(url);
  await page.locator('main').getByText(text).first().waitFor();
}

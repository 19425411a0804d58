// Guards: console/pages/try.js, console/parts/try and console/data/try.js, in a browser.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { operationsOfBody } from '../../src/offline/input/operations-of-body.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { assertAccessible } from './accessible.ts';
import { looks, noBrowser, playOn, startBrowser, type Look } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-try-page-'));
after(() => rmSync(folder, { recursive: true }));
const token = 'a-token-for-the-try-page';
writeFileSync(join(folder, 'token'), token);
const wide: Look = { screen: 'wide', colorScheme: 'light' };

const result = (page: Page): Promise<string> => page.locator('.result').innerText();

for (const [text, names] of [
  ['<?xml version="1.0"?> <!-- <server> --> <rebuild imageRef="a">', ['rebuild']],
  ['\n<ns:reboot xmlns:ns="http://docs.openstack.org/compute/api/v1.1"/>', ['reboot']],
  ['{"resize": {"flavorRef": "1"}}', ['resize']],
  ['{ "server" : {}}', ['createServer', 'bootFromVolume', 'updateServer']],
  ['{"log": {"entries": []}}', []],
  ['< HTTP/1.1 200 OK', []],
  ['<!-- no end', []],
  ['GET /v2/p/servers HTTP/1.1', []],
] as const)
  test(`the operations of a body that begins with ${text.trim().slice(0, 30)}: ${names.join(', ') || 'none'}`, () => {
    assert.deepEqual(operationsOfBody(text), names);
  });

describe('the page Try', { skip: noBrowser }, () => {
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

  const withTry = (path: string, look: Look, play: (page: Page) => Promise<void>): Promise<void> =>
    playOn(browser, { look, token }, async (page) => {
      await page.goto(`${gateway.adminUrl}/console/try${path}`);
      await page.getByRole('button', { name: 'Translate' }).waitFor();
      await play(page);
    });

  for (const look of looks)
    test(`shows what becomes of a rebuild, and axe finds nothing (${look.screen}, ${look.colorScheme})`, () =>
      withTry('?example=rebuild', look, async (page) => {
        await assertAccessible(page, 'the form');
        await page.getByRole('button', { name: 'Translate' }).click();
        await page.getByRole('heading', { name: 'rebuild is translated' }).waitFor();
        await assertAccessible(page, 'the result');
        const text = await result(page);
        for (const shown of ['It needs the gateway', 'xml-request', 'Change:', '+ content-type: application/json'])
          assert.ok(text.includes(shown), shown);
        assert.doesNotMatch(text, /adminPass="secret"|aGVsbG8K/);
        const [form, shown] = [page.locator('.try form'), page.locator('.result')];
        const [left, right] = [await form.boundingBox(), await shown.boundingBox()];
        if (look.screen === 'wide') assert.ok((right?.x ?? 0) > (left?.x ?? 0) + (left?.width ?? 0), 'beside');
        else assert.ok((right?.y ?? 0) > (left?.y ?? 0) + (left?.height ?? 0), 'below');
        const widths = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]');
        assert.equal(widths[0], widths[1]);
      }));

  test('works by the keyboard, and leads from the result to the answer back', () =>
    withTry('', wide, async (page) => {
      await page.getByRole('button', { name: 'A body alone' }).focus();
      await page.keyboard.press('Enter');
      assert.equal(new URL(page.url()).search, '?example=body');
      await page.getByLabel('A request').focus();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('heading', { name: 'createServer is translated' }).waitFor();
      await page.waitForFunction(`document.activeElement.tagName === 'H2'`);
      await page.getByRole('link', { name: 'See what the caller would get of an answer' }).click();
      assert.equal(await page.getByLabel('Operation').inputValue(), 'createServer');
      await page.getByRole('button', { name: 'A server' }).click();
      await page.getByRole('button', { name: 'Translate' }).click();
      await page.getByRole('heading', { name: 'The caller gets' }).waitFor();
      assert.match(await result(page), /<server [^>]*name="web"/);
      await assertAccessible(page, 'an answer');
    }));

  test('says beside the field what is wrong with it, and moves there', () =>
    withTry('', wide, async (page) => {
      await page.getByLabel('A request').fill('<server/>');
      await page.getByRole('button', { name: 'Translate' }).click();
      await page.getByText('or updateServer: choose its operation.').waitFor();
      const operation = page.getByLabel('Operation');
      assert.equal(await operation.getAttribute('aria-invalid'), 'true');
      await page.waitForFunction(`document.activeElement.id === 'try-operation'`);
      await assertAccessible(page, 'an error');
      await operation.fill('createServr');
      await operation.press('Enter');
      await page.getByText('Did you mean createServer or').waitFor();
      await operation.fill('createServer');
      await operation.press('Enter');
      await page.getByRole('heading', { name: 'createServer is refused: nothing is sent' }).waitFor();
      assert.match(await result(page), /The caller gets\s+HTTP\/1\.1 400/);
    }));

  test('takes the operation of a body alone from its root', () =>
    withTry('', wide, async (page) => {
      await page.getByLabel('A request').fill('<rebuild name="n" imageRef="70a599e0-31e7-49b7-b260-868f441e862b"/>');
      await page.getByRole('button', { name: 'Translate' }).click();
      await page.getByRole('heading', { name: 'rebuild is translated' }).waitFor();
    }));

  test('shows markup and scripts of a text as text', () =>
    withTry('', wide, async (page) => {
      const script = '<img src=x onerror="document.title=1">';
      await page.getByLabel('A request').fill(`GET /v2/p/servers?name=${script} HTTP/1.1\nUser-Agent: ${script}\n`);
      await page.getByRole('button', { name: 'Translate' }).click();
      await page.locator('.tried, .note.bad').first().waitFor();
      assert.equal(await page.locator('.result img').count(), 0);
    }));
});

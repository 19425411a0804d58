import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import type { Browser } from 'playwright-core';
import { putSimulated } from '../examples/demo/month/demo-ledger.ts';
import { startEmbeddedCloud } from '../examples/embedded-cloud/embedded-cloud.ts';
import { openLedgerStore } from '../src/ledger/open/open-store.ts';
import { looks, openPage, startBrowser, type Look } from '../test/console/browser.ts';
import { serving, spawnGateway } from '../test/process/gateway-process.ts';
import { makeCertificates } from '../test/promises/certificates.ts';
import { callAdmin } from '../test/server/admin-caller.ts';

/**
 * `npm run pictures -- [FOLDER]`: takes pictures of the console in front of the demo's cloud. Without a folder it takes those of the
 * documents; with one it takes each page there at both widths, in light and in dark, to be looked at.
 */

/** Connections of callers while the pictures are taken. */
const connections = 23;
/** Time that the gateway has run, so that a minute can be seen. */
const upMs = 61_000;

/** The pages, each with a text that stands there when its data have come, and the button that brings them, if there is one. */
const pages = {
  gateway: ['/console/gateway', 'exchanges.maxWaiting'],
  'way-out': ['/console', 'What holds it'],
  projects: ['/console/projects', '研究所-計算'],
  project: ['/console/projects/finance?by=2027-03-31', 'Copy the text'],
  days: ['/console/projects/finance#days', 'Copy the text'],
  clients: ['/console/clients', 'jclouds/1.5.10 java/1.6.0_45'],
  live: ['/console/live', 'translated'],
  try: ['/console/try?example=rebuild', 'rebuild is translated', 'Translate'],
  retirement: ['/console/retirement', 'Retirement'],
  client: ['/console/clients?agent=fog%2F1.22.0', 'What to change in it'],
  search: ['/console/gateway?q=timeout#settings', 'exchanges.timeoutMs'],
  reasons: ['/console/reasons', 'xml-request'],
  reason: ['/console/reasons/url-reference', 'Sent today'],
  api: ['/console/api', '/api/settings.csv'],
} as const satisfies Readonly<Record<string, readonly [path: string, text: string, button?: string]>>;

type PageName = keyof typeof pages;

/** The pictures of the documents. */
const documented = [
  { name: 'console', page: 'gateway' },
  { name: 'console-way-out', page: 'way-out' },
  { name: 'console-projects', page: 'projects' },
  { name: 'console-project', page: 'project' },
  { name: 'console-reason', page: 'reason' },
  { name: 'console-try', page: 'try' },
] as const;

const [, , given] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'gateway-pictures-'));
const token = randomBytes(24).toString('hex');
writeFileSync(join(folder, 'token'), token);
const certificates = makeCertificates();
const { certFile, keyFile } = certificates.issue(certificates.authority('example'), 'compute.example.org');
const ledger = `sqlite:${join(folder, 'ledger.db')}`;
const store = await openLedgerStore(ledger, { access: 'keep' });
await putSimulated(store, Date.now());
await store.close();
const cloud = await startEmbeddedCloud({ kind: 'ecs' });
const gateway = spawnGateway(
  serving(cloud.url, {
    GATEWAY_UPSTREAM_LEGACY_PATH: 'auto',
    GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token'),
    GATEWAY_TLS_CERT_FILE: certFile,
    GATEWAY_TLS_KEY_FILE: keyFile,
    GATEWAY_LEDGER_STORE: ledger,
    GATEWAY_LEDGER_INTERVAL_MS: '1000',
    GATEWAY_CONSOLE_EXCHANGES: '200',
    GATEWAY_WORKERS: '2',
    GATEWAY_CONNECTIONS_MAX: '32',
    GATEWAY_EXCHANGES_MAX: '64',
  }),
);
const callers: TLSSocket[] = [];
const browser = await startBrowser();
try {
  const { url, adminUrl } = await gateway.ready();
  const headers = { 'X-Auth-Token': 'any', Accept: 'application/xml' };
  await callAdmin(url, `/v2/${cloud.project}/servers`, { headers });
  await setTimeout(upMs);
  for (let index = 0; index < connections; index += 1) callers.push(await openConnection(url));
  if (given === undefined) await takeDocumented(browser, adminUrl);
  else await takeAll(browser, adminUrl, given);
} finally {
  for (const caller of callers) caller.destroy();
  await browser.close();
  gateway.kill();
  await cloud.close();
  certificates.remove();
  rmSync(folder, { recursive: true });
}

/** Open a connection as a caller does. */
async function openConnection(url: string): Promise<TLSSocket> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  return socket;
}

async function takeDocumented(from: Browser, adminUrl: string): Promise<void> {
  const place = join(import.meta.dirname, '../docs/images');
  for (const { name, page } of documented)
    await take(from, adminUrl, {
      page,
      look: { screen: 'wide', colorScheme: 'light' },
      file: join(place, `${name}.png`),
    });
}

async function takeAll(from: Browser, adminUrl: string, place: string): Promise<void> {
  mkdirSync(place, { recursive: true });
  // The names are those of the record.
  for (const page of Object.keys(pages) as PageName[])
    for (const look of looks)
      await take(from, adminUrl, { page, look, file: join(place, `${page}-${look.screen}-${look.colorScheme}.png`) });
}

/** A picture to be taken. */
interface Picture {
  readonly page: PageName;
  readonly look: Look;
  readonly file: string;
}

async function take(from: Browser, adminUrl: string, { page: name, look, file }: Picture): Promise<void> {
  const { page, context } = await openPage(from, { ...look, zone: 'Europe/Berlin' }, token);
  const [path, text, button] = pages[name];
  await page.goto(adminUrl + path);
  if (button !== undefined) await page.getByRole('button', { name: button }).click();
  await page.locator('main').getByText(text, { exact: true }).first().waitFor();
  // The stream of the page Live never ends.
  await page.waitForLoadState(name === 'live' ? 'load' : 'networkidle');
  await page.screenshot({ path: file });
  await context.close();
  console.log(file);
}

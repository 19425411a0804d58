import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OfflineGateway } from '../../src/offline/gateway/offline-gateway.ts';
import { translateOne } from '../../src/offline/gateway/translation.ts';
import { configForTranslation } from '../../src/cli/translate/settings-for-translation.ts';
import { readCases, type Case, type CasePage } from '../support/case.ts';
import { testSettings } from '../support/settings.ts';

/** Check that the request of a page depends on the resource that was read before it. */
function dependsOnPresent({ cloud }: Case): boolean {
  return cloud
    .slice(0, -1)
    .some(({ answers }) => /user_data": "|^HTTP\/1\.1 [45]/m.test(`${answers.start}\n${answers.body}`));
}

/** Check that the read before a change fails on a page, so that the cloud receives nothing else. */
function endsWithRead({ sent, cloud }: Case): boolean {
  return !sent.start.startsWith('GET ') && cloud.at(-1)?.receives.start.startsWith('GET ') === true;
}

const pages = readCases();
const known = pages.filter((page) => !dependsOnPresent(page) && !endsWithRead(page));

test('most pages of cases need nothing of the cloud', () => {
  assert.ok(known.length > pages.length * 0.9, `${known.length} of ${pages.length}`);
});

for (const [settings, same] of Map.groupBy(known, (page) => JSON.stringify(page.settings))) {
  test(`a translation is what the cases say that the cloud receives, with the settings ${settings}`, async () => {
    const environment = { ...testSettings, GATEWAY_UPSTREAM_LEGACY_PATH: 'v2', ...same[0]?.settings };
    const gateway = new OfflineGateway(configForTranslation(environment, undefined));
    for (const page of same) await compare(page, gateway);
  });
}

async function compare(page: CasePage, gateway: OfflineGateway): Promise<void> {
  const [method = '', target = ''] = page.sent.start.split(' ');
  const body = Buffer.from(page.sent.body);
  const { outcome, sent, answer } = await translateOne(
    { place: page.file, method, target, headers: page.sent.headers, body },
    gateway,
  );
  const received = page.cloud.at(-1)?.receives;
  if (received === undefined) {
    assert.ok(outcome === 'refused' || outcome === 'answered', page.file);
    assert.equal(answer?.status.split(' ')[0], page.received.start.split(' ')[1], page.file);
    return;
  }
  assert.equal(`${sent?.method} ${sent?.path} HTTP/1.1`, received.start, page.file);
  assert.deepEqual(parsed(sent?.body.toString() ?? ''), parsed(received.body), page.file);
}

function parsed(text: string): unknown {
  return /^[{[]/.test(text) ? (JSON.parse(text) as unknown) : text;
}

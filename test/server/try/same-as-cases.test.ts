// Guards: run-try.ts: what the page Try shows is what the cases say that the cloud receives.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runTry } from '../../../src/console/try/run-try.ts';
import type { TriedRequest } from '../../../src/console/views/try-types.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { masking } from '../../../src/offline/show/mask.ts';
import { readCases, type CasePage } from '../../support/case.ts';
import { testSettings } from '../../support/settings.ts';

/** Check that the gateway reads before it sends: then the request depends on what the cloud answers. */
function beginsWithRead({ sent, cloud }: CasePage): boolean {
  return cloud.length > 1 || (!sent.start.startsWith('GET ') && cloud[0]?.receives.start.startsWith('GET ') === true);
}

const pages = readCases().filter((page) => !beginsWithRead(page));

test('most pages of cases can be tried', () => assert.ok(pages.length > 200, `${pages.length}`));

test('the page Try shows what the cases say that the cloud receives, with secrets masked', async () => {
  for (const page of pages) await compare(page);
});

async function compare({ file, settings, sent, cloud, received }: CasePage): Promise<void> {
  const config = loadConfig({
    ...testSettings,
    GATEWAY_UPSTREAM_URL: 'http://cloud.invalid',
    GATEWAY_UPSTREAM_LEGACY_PATH: 'v2',
    ...settings,
  });
  const head = [sent.start, ...sent.headers.map(([name, value]) => `${name}: ${value}`)].join('\n');
  const view = await runTry(Buffer.from(JSON.stringify({ text: `${head}\n\n${sent.body}` })), config);
  assert.equal(view.kind, 'requests', file);
  const [tried] = view.kind === 'requests' ? view.requests : [];
  assert.ok(tried !== undefined, file);
  const expected = cloud.at(-1)?.receives;
  if (expected === undefined) {
    assert.ok(tried.outcome === 'refused' || tried.outcome === 'answered', file);
    assert.equal(tried.answer?.[0]?.split(' ')[1], received.start.split(' ')[1], file);
    return;
  }
  const [start, body] = sentIn(tried);
  assert.equal(
    `${start} HTTP/1.1`,
    expected.start.replace(/ \S+ /, (target) => ` ${masking.target(target.trim())} `),
    file,
  );
  assert.deepEqual(parsed(body), parsed(masking.body(Buffer.from(expected.body)).trimEnd()), file);
}

/** Read the request line and the body of the request to the cloud from a comparison. */
function sentIn({ diff }: TriedRequest): readonly [start: string, body: string] {
  const lines = diff.filter(({ sign }) => sign !== '-').map(({ text }) => text);
  const end = lines.indexOf('');
  return [lines[0] ?? '', end === -1 ? '' : lines.slice(end + 1).join('\n')];
}

function parsed(text: string): unknown {
  return /^[{[]/.test(text) ? (JSON.parse(text) as unknown) : text;
}

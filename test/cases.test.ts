import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCases, type Case, type CaseMessage } from './support/case.ts';
import { playCase, type Played } from './support/play-case.ts';
import { withGateway } from './support/recorded.ts';

// Pages with the same settings share one gateway: a page leaves nothing behind but a connection to the cloud.
for (const [settings, pages] of Map.groupBy(readCases(), (page) => JSON.stringify(page.settings))) {
  describe(`cases: one exchange a page, with the settings ${settings}`, () => {
    const between = withGateway(pages[0]?.settings);
    for (const page of pages) {
      test(`${page.file}: ${page.title}`, async () => {
        const answers = page.cloud.map((exchange) => exchange.answers);
        const played = await playCase(between, page.sent, answers);
        const fill = (text: string): string =>
          text.replaceAll('{gateway}', between.gateway.url).replaceAll('{cloud}', between.cloud.url);
        compare(played, page, fill);
      });
    }
  });
}

/** Compare what happened with everything that the page says. */
function compare({ cloudReceived, answer }: Played, { cloud, received }: Case, fill: (text: string) => string): void {
  assert.equal(cloudReceived.length, cloud.length, 'requests that the cloud received');
  for (const [index, { receives }] of cloud.entries()) {
    const actual = cloudReceived[index];
    assert.ok(actual);
    assert.equal(`${actual.method} ${actual.path} HTTP/1.1`, receives.start);
    compareHeaders(actual.headers, receives.headers, fill);
    compareBody(actual.body.toString('utf8'), receives.body);
  }
  assert.equal(`HTTP/1.1 ${answer.status}`, received.start.split(' ').slice(0, 2).join(' '), answer.body);
  compareHeaders(answer.headers, received.headers, fill);
  compareBody(answer.body, fill(received.body));
}

/** Compare every header field that the page names; `(absent)` stands for none. */
function compareHeaders(
  actual: Readonly<Record<string, string | string[] | undefined>>,
  expected: CaseMessage['headers'],
  fill: (text: string) => string,
): void {
  for (const [name, value] of expected) {
    const given = actual[name] === undefined ? '(absent)' : String(actual[name]);
    assert.equal(given, fill(value), name);
  }
}

/** Compare JSON by its value, anything else by its text. */
function compareBody(actual: string, expected: string): void {
  if (/^[{[]/.test(expected)) assert.deepEqual(JSON.parse(actual), JSON.parse(expected));
  else assert.equal(actual, expected.replace(/(<\?xml[^>]*\?>)\n?/, '$1\n'));
}

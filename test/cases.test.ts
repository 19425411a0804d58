import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readCase, type Case, type CaseMessage } from './support/case.ts';
import { startTestGateway } from './support/gateway.ts';
import { call, type TestAnswer } from './support/http.ts';
import { startScriptedCloud, type Received } from './support/scripted-cloud.ts';

const folder = join(import.meta.dirname, 'cases');

describe('cases: one exchange a page', () => {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (!file.endsWith('.txt')) continue;
    const page = readCase(join(folder, file));
    test(`${file}: ${page.title}`, () => play(page));
  }
});

/** Plays a case over real sockets, and compares all that it says. */
async function play({ settings, sent, cloud: exchanges, received }: Case): Promise<void> {
  const cloud = await startScriptedCloud(...exchanges.map(({ answers }) => asScripted(answers)));
  const gateway = await startTestGateway(cloud.url, settings);
  const fill = (text: string): string => text.replaceAll('{gateway}', gateway.url).replaceAll('{cloud}', cloud.url);
  try {
    const [method = '', path = ''] = sent.start.split(' ');
    const headers = Object.fromEntries(sent.headers) as Record<string, string>;
    const answer = await call(gateway.url, { method, path, headers, body: sent.body });
    assert.equal(cloud.received.length, exchanges.length, 'how often the cloud was asked');
    exchanges.forEach(({ receives }, index) => compareRequest(cloud.received[index], receives, fill));
    compareAnswer(answer, received, fill);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

function asScripted({ start, headers, body }: CaseMessage): {
  status: number;
  headers: Record<string, string>;
  body: string;
} {
  return { status: Number(start.split(' ')[1]), headers: Object.fromEntries(headers) as Record<string, string>, body };
}

function compareRequest(actual: Received | undefined, expected: CaseMessage, fill: (text: string) => string): void {
  assert.ok(actual);
  assert.equal(`${actual.method} ${actual.path} HTTP/1.1`, expected.start);
  compareHeaders(actual.headers, expected.headers, fill);
  compareBody(actual.body.toString('utf8'), expected.body);
}

function compareAnswer(actual: TestAnswer, expected: CaseMessage, fill: (text: string) => string): void {
  assert.equal(`HTTP/1.1 ${actual.status}`, expected.start.split(' ').slice(0, 2).join(' '), actual.body);
  compareHeaders(actual.headers, expected.headers, fill);
  compareBody(actual.body, fill(expected.body));
}

/** Every header that the page names; `(absent)` says that there is none. */
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

/** JSON by its value, anything else by its text. */
function compareBody(actual: string, expected: string): void {
  if (/^[{[]/.test(expected)) assert.deepEqual(JSON.parse(actual), JSON.parse(expected));
  else assert.equal(actual, expected.replace(/(<\?xml[^>]*\?>)\n?/, '$1\n'));
}

// Protects docs/upgrade.md: an operator finds there every name that was added, removed or changed since the last release.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricsText } from '../../docs/generate/metrics.ts';
import { secretFileVariable } from '../../src/config/environment.ts';
import { defaultText } from '../../src/config/help.ts';
import { namedSettings } from '../../src/config/named-settings.ts';
import { faultReasons } from '../../src/fault-reasons.ts';
import { exchangeFields, lineFields } from '../../src/observe/exchange-fields.ts';
import { documentAt } from '../support/documents.ts';
import { lastRelease } from './last-release.ts';

const [, section = ''] = documentAt('docs/upgrade.md').text.split(/^## From .*$/m);
const [text = ''] = section.split(/^## /m);

/** Check that the section names all of these, as code. */
function assertNamed(names: readonly string[]): void {
  const missing = names.filter((name) => !new RegExp(`\`${RegExp.escape(name)}[\`=]`).test(text));
  assert.deepEqual(missing, []);
}

/** List the names that only one of two versions has. */
function changed(before: Iterable<string>, now: Iterable<string>): readonly string[] {
  return [...new Set(before).symmetricDifference(new Set(now))];
}

/** The metrics of the gateway, with their labels. */
async function metricsNow(): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = (await metricsText()).matchAll(/^# TYPE (gateway_\w+) .+\n\w+(?:\{(.*?)\})? /gm);
  return new Map(
    [...found].map(([, name = '', labels = '']) => [
      name,
      [...labels.matchAll(/(\w+)=/g)].map(([, label = '']) => label).filter((label) => label !== 'le'),
    ]),
  );
}

test('the section about the last release has its parts', () => {
  assert.ok((text.match(/^### /gm) ?? []).length > 5);
});

test('each setting that is new, gone or has another default is named', () => {
  const before: Readonly<Record<string, string>> = lastRelease.settings;
  const names = namedSettings.flatMap((named) => {
    const was = before[named.path.join('.')];
    const file = secretFileVariable(named);
    const isSame = was === defaultText(named.setting);
    return [...(isSame ? [] : [named.environmentName]), ...(file === undefined ? [] : [file])];
  });
  const now = new Set(namedSettings.map(({ path }) => path.join('.')));
  assertNamed([...names, ...Object.keys(before).filter((path) => !now.has(path))]);
});

test('each metric that is new or gone is named, and each whose labels changed', async () => {
  const now = await metricsNow();
  const before = Object.entries<readonly string[]>(lastRelease.metrics);
  assertNamed(changed(Object.keys(lastRelease.metrics), now.keys()));
  assertNamed(before.filter(([name, labels]) => String(now.get(name)) !== String(labels)).map(([name]) => name));
});

test('each field of the log line that is new or gone is named', () => {
  assertNamed(changed(lastRelease.logFields, Object.keys({ ...lineFields, ...exchangeFields })));
});

test('each fault reason that is new or gone is named', () => {
  const now = Object.keys(faultReasons).filter(
    (reason) => !reason.startsWith('quota-') || reason === 'quota-user-data',
  );
  assertNamed(changed(lastRelease.reasons, now));
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { metricsText } from '../../docs/generate/metrics.ts';
import { faultReasons } from '../../src/fault-reasons.ts';
import { levelOfFamily } from '../../src/observe/fault-families.ts';
import { documentAt, root } from '../support/documents.ts';

const { text } = documentAt('docs/observe.md');
const alerts = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';

test('each metric that docs/observe.md names is one of the gateway', async () => {
  const known = new Set([...(await metricsText()).matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
  const named = [...text.matchAll(/\b(?:gateway|nodejs|process)_[a-z0-9_]*[a-z0-9]\b/g)].map(([name]) => name);
  assert.ok(named.length > 10);
  for (const name of named) assert.ok(known.has(name), name);
});

test('each reason, family and limit that an alert selects is one of the gateway', () => {
  const selected = [...alerts.matchAll(/(?:reason|limit|family)=~?"([^"]+)"/g)].map(
    ([, expression = '']) => expression,
  );
  assert.ok(selected.length > 3);
  // A limit without an exchange has the name of its setting.
  const known = new Set([...Object.keys(faultReasons), ...Object.keys(levelOfFamily), 'connections.max']);
  for (const expression of selected) {
    for (const alternative of alternativesOf(expression)) assert.ok(known.has(alternative), alternative);
  }
});

test('docs/observe.md names every message of the log', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const messages = files.flatMap((path) => {
    const code = readFileSync(join(root, 'src', path), 'utf8');
    return [...code.matchAll(/\blog(?:\.(?:info|warn|error)|\[[^\]]+\])\(\s*(['"])(.+?)\1/g)].map(
      ([, , message = '']) => message,
    );
  });
  assert.ok(messages.length > 10);
  for (const message of messages) assert.ok(text.includes(`\`${message}\``), message);
});

const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;

test(
  'Prometheus reads the scrape configuration and the alerts (skipped where promtool is not installed)',
  { skip: !hasPromtool },
  () => {
    const [, scrape = ''] = /```yaml\n(scrape_configs:[\s\S]*?)```/.exec(documentAt('docs/tls.md').text) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'gateway-promtool-'));
    try {
      for (const [name, content, args] of [
        ['prometheus.yml', scrape, ['check', 'config', '--syntax-only']],
        ['alerts.yml', alerts, ['check', 'rules']],
      ] as const) {
        assert.ok(content.length > 100, name);
        writeFileSync(join(folder, name), content);
        const { status, stdout, stderr } = spawnSync('promtool', [...args, join(folder, name)], { encoding: 'utf8' });
        assert.equal(status, 0, stdout + stderr);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

/** The texts that an expression without repetition matches: `(a)?b-(c|d)` gives ab-c, ab-d, b-c and b-d. */
function alternativesOf(expression: string): string[] {
  const group = /\(([^()]*)\)(\??)/.exec(expression);
  if (group === null) return expression.split('|');
  const [whole, inner = '', optional = ''] = group;
  const choices = [...inner.split('|'), ...(optional === '' ? [] : [''])];
  return choices.flatMap((choice) => alternativesOf(expression.replace(whole, choice)));
}

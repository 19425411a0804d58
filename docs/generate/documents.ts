import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commandsTables } from './commands.ts';
import { configSchema } from './config-schema.ts';
import { faultReasonsTable } from './fault-reasons.ts';
import { identityCallsTable, untranslatedCallsTable } from './identity-calls.ts';
import { logFieldsTable } from './log-fields.ts';
import { membersTables } from './members.ts';
import { metricsTable } from './metrics.ts';
import { needReasonsTable } from './need-reasons.ts';
import { operationsCount, operationsTable } from './operations.ts';
import { retirementMembersTables } from './retirement-members.ts';
import { settingsCount, settingsTables } from './settings.ts';
import { neededExample, safeExample } from './way-out-example.ts';

const root = join(import.meta.dirname, '../..');

/** The parts of documents that are made from the code, by the name in their marker. */
const parts = {
  'operations-count': operationsCount(),
  operations: operationsTable(),
  'identity-calls': identityCallsTable(),
  'untranslated-identity-calls': untranslatedCallsTable(),
  members: membersTables(),
  'settings-count': settingsCount(),
  settings: settingsTables(),
  metrics: await metricsTable(),
  'log-fields': logFieldsTable(),
  'fault-reasons': faultReasonsTable(),
  commands: commandsTables(),
  'retirement-members': retirementMembersTables(),
  'need-reasons': needReasonsTable(),
  'way-out-needed': neededExample(),
  'way-out-safe': safeExample(),
} as const;

/** The documents that have generated parts, and the parts of each. */
export const generated: Readonly<Record<string, readonly (keyof typeof parts)[]>> = {
  'README.md': ['operations-count'],
  'docs/operations.md': ['operations-count', 'operations', 'identity-calls', 'untranslated-identity-calls'],
  'docs/members-by-cloud.md': ['members'],
  'docs/settings.md': ['settings-count', 'settings'],
  'docs/command-line.md': ['commands'],
  'docs/retirement.md': ['retirement-members'],
  'docs/way-out.md': ['way-out-needed', 'way-out-safe'],
  'docs/observe.md': ['metrics', 'log-fields', 'fault-reasons', 'need-reasons'],
};

/** Replaces each generated part of a document by what the code says today. @throws for a marker that is missing */
export function withGenerated(path: string, text: string): string {
  return (generated[path] ?? []).reduce((whole, name) => {
    const place = new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
    if (!place.test(whole)) throw new Error(`${path} has no place for ${name}`);
    return whole.replace(place, (_, start: string, end: string) => `${start}\n${parts[name]}\n\n${end}`);
  }, text);
}

/** Writes the generated parts of all documents, and the schema of the configuration file: `npm run docs`. */
const [, script = ''] = process.argv;
if (import.meta.url === pathToFileURL(script).href) {
  for (const path of Object.keys(generated)) {
    const file = join(root, path);
    writeFileSync(file, withGenerated(path, readFileSync(file, 'utf8')));
  }
  writeFileSync(join(root, 'config/schema.json'), configSchema());
}

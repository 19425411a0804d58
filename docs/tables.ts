import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Operation } from '../src/compute/operation.ts';
import { operations } from '../src/compute/operations/operations.ts';
import { fileVariable, loadConfig, namedSettings } from '../src/config/load.ts';
import { createMetrics, createPrimaryMetrics, sumSnapshots } from '../src/observe/metrics.ts';
import type { Members } from '../src/schema/shapes.ts';
import { versionText } from '../src/upstream/microversion.ts';
import { membersOf, type Treatment } from '../src/upstream/profile.ts';
import { profiles } from '../src/upstream/profiles/profiles.ts';

/** The tables of the README, made from the code; `npm run docs` writes them, a test compares them. */

const config = loadConfig({ GATEWAY_UPSTREAM_URL: 'http://cloud.example.com' });

/** The legacy API as an operator asks for it: what is translated at each path, actions by their names. */
const byRoute = Map.groupBy(operations as readonly Operation[], (operation) => pathOf(operation));

/** The gateway's own metrics, as one exchange that has everything shows them, and those of its workers. */
const metrics = createMetrics({ version: '', profile: '', members: new Set(), inFlight: () => 0 });
metrics.count({
  version: undefined,
  status: 413,
  ms: 1,
  cloudMs: 1,
  notes: [{ member: '', outcome: '' }],
  fault: 'body-too-large',
});
const inPrimary = createPrimaryMetrics(() => 0);
const metricsText = await sumSnapshots([await metrics.snapshot(), await inPrimary.snapshot()]).text();

const tables: Readonly<Record<string, () => string>> = {
  operations: () =>
    table(
      ['path', 'translated'],
      [...byRoute].map(([path, sharing]) => [
        `\`${path}\``,
        sharing.length > 1 && sharing.every(({ method }) => method === 'POST')
          ? `POST: ${sharing.map(({ request }) => `\`${request?.root}\``).join(', ')}`
          : sharing.map(({ method }) => method).join(', '),
      ]),
    ),
  members: () =>
    operations
      .flatMap((operation: Operation) => {
        const kinds = Object.values(profiles).map((make) => make(config));
        const described = membersOfRequest(operation);
        if (described === undefined || kinds.every((kind) => !Object.hasOwn(kind.members, operation.name))) return [];
        const rows = Object.entries(described).map(([member, { place, aliases = [] }]) => [
          [member, ...aliases].map((alias) => `\`${alias}\``).join(', '),
          place === 'json' ? 'JSON only' : place,
          ...kinds.map((kind) => describe(membersOf(kind, operation)[member])),
        ]);
        return table([`\`${operation.name}\``, 'in XML', ...kinds.map((kind) => `on \`${kind.name}\``)], rows);
      })
      .join('\n\n'),
  metrics: () =>
    table(
      ['metric', 'kind', 'labels', 'what it tells'],
      [...metricsText.matchAll(/^# HELP (gateway_\w+) (.+)\n# TYPE \w+ (\w+)\n\w+(?:\{(.*?)\})? /gm)].map(
        ([, name = '', help = '', kind = '', labels = '']) => [
          `\`${name}\``,
          kind,
          namesOf(labels)
            .map((label) => `\`${label}\``)
            .join(', '),
          help,
        ],
      ),
    ),
  settings: () =>
    table(
      ['variable', 'in the file', 'default', 'what it does'],
      [
        [`\`${fileVariable}\``, '', '', 'The JSON file of settings; none is needed.'],
        ...namedSettings.map(({ environmentName, path, setting }) => [
          `\`${environmentName}\``,
          `\`${path.join('.')}\``,
          setting.default === undefined ? 'must be set' : `\`${JSON.stringify(setting.default)}\``,
          `${setting.help} ${capital(setting.allowed)}.`,
        ]),
      ],
    ),
};

/** The text with each of its tables as the code has it. */
export function withTables(text: string): string {
  return Object.entries(tables).reduce(
    (whole, [name, render]) =>
      whole.replace(
        new RegExp(`(<!-- table: ${name} -->\n)[\\s\\S]*?(<!-- end -->)`),
        (_, start: string, end: string) => `${start}\n${render()}\n\n${end}`,
      ),
    text,
  );
}

function pathOf({ scope = 'project', route }: Operation): string {
  return { service: '/', version: '/{version}/', project: route }[scope];
}

function membersOfRequest({ request }: Operation): Members | undefined {
  return request?.content.kind === 'record' ? request.content.members : undefined;
}

function describe(treatment: Treatment | undefined): string {
  switch (treatment?.kind) {
    case undefined:
      return 'forwarded';
    case 'forward': {
      const since = treatment.since === undefined ? '' : ` at microversion ${versionText(treatment.since)}`;
      const beyond = treatment.until === undefined || treatment.beyond === undefined;
      return `forwarded${since}${beyond ? '' : ` up to microversion ${versionText(treatment.until)}, then ${describe(treatment.beyond)}`}`;
    }
    case 'drop':
      return 'dropped, with a note';
    case 'rewrite':
      return `forwarded, ${treatment.how}`;
    case 'carry':
      return `mapped to \`${treatment.to}\`, with a note`;
    default:
      return treatment satisfies never;
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The names of a series' labels, but for a bucket's end. */
function namesOf(labels: string): string[] {
  return [...labels.matchAll(/(\w+)=/g)].flatMap(([, name = '']) => (name === 'le' ? [] : [name]));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const [, script = ''] = process.argv;
if (import.meta.url === pathToFileURL(script).href) {
  const readme = join(import.meta.dirname, '../README.md');
  writeFileSync(readme, withTables(readFileSync(readme, 'utf8')));
}

import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Members } from '../../src/schema/shapes.ts';
import { versionText } from '../../src/upstream/microversion.ts';
import { membersOf, type Profile, type Treatment } from '../../src/upstream/profile.ts';
import { profiles } from '../../src/upstream/profiles/profiles.ts';
import { code, table } from './markdown.ts';

/** One table for each operation that a profile treats specially: its members, and what becomes of each on each cloud. */
export function membersTables(): string {
  const clouds = Object.entries(profiles).map(([name, make]) =>
    make(loadConfig({ GATEWAY_UPSTREAM_URL: 'http://cloud.example.com', GATEWAY_UPSTREAM_PROFILE: name })),
  );
  return operations
    .flatMap((operation: Operation) => {
      const members = membersOfRequest(operation);
      const isTreated = clouds.some((cloud) => Object.hasOwn(cloud.members, operation.name));
      return members === undefined || !isTreated
        ? []
        : [`## ${operation.name}\n\n${membersTable(operation, members, clouds)}`];
    })
    .join('\n\n');
}

function membersTable(operation: Operation, members: Members, clouds: readonly Profile[]): string {
  return table(
    ['member', 'in XML', ...clouds.map(({ name }) => `on ${code(name)}`)],
    Object.entries(members).map(([member, { place, aliases = [] }]) => [
      [member, ...aliases].map(code).join(', '),
      place === 'json' ? 'JSON only' : place,
      ...clouds.map((cloud) => outcomeOf(membersOf(cloud, operation)[member])),
    ]),
  );
}

function membersOfRequest({ request }: Operation): Members | undefined {
  return request?.content.kind === 'record' ? request.content.members : undefined;
}

function outcomeOf(treatment: Treatment | undefined): string {
  switch (treatment?.kind) {
    case undefined:
      return 'forwarded';
    case 'forward': {
      const since = treatment.since === undefined ? '' : ` at microversion ${versionText(treatment.since)}`;
      const isLimited = treatment.until !== undefined && treatment.beyond !== undefined;
      return `forwarded${since}${isLimited ? ` up to microversion ${versionText(treatment.until)}, then ${outcomeOf(treatment.beyond)}` : ''}`;
    }
    case 'drop':
      return treatment.ifEmpty === true ? 'forwarded; dropped if empty, with a note' : 'dropped, with a note';
    case 'ineffective':
      return 'forwarded, but without effect, with a note';
    case 'rewrite':
      return `forwarded, ${treatment.how}`;
    case 'carry':
      return `mapped to ${code(treatment.to)}, with a note`;
    default:
      return treatment satisfies never;
  }
}

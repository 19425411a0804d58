import { brownoutDocs, fileDocs, ruleDocs, selectionDocs } from '../../src/retirement/read/member-docs.ts';
import { code, table } from './markdown.ts';

const sections = {
  'The file': fileDocs,
  'A brownout': brownoutDocs,
  'A rule; without `project`, `agent`, `network` and `reason` it is about all': ruleDocs,
  'A selection, in `only` and `except`; it has at least one of': selectionDocs,
} as const;

/** The tables of the members of a retirement file. */
export function retirementMembersTables(): string {
  return Object.entries(sections)
    .map(([title, members]) => {
      const rows = Object.entries(members).map(([name, { value, meaning }]) => [code(name), value, meaning]);
      return `${title}:\n\n${table(['member', 'value', 'meaning'], rows)}`;
    })
    .join('\n\n');
}

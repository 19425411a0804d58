import type { Dimension } from '../../../way-out/groups.ts';
import type { KeyKind } from '../../../way-out/terms/terms.ts';
import type { Row } from '../../../way-out/rows.ts';
import type { WayOut } from '../../../way-out/summary.ts';

/** Everything that a report shows, in every format. */
export interface ReportPage {
  readonly wayOut: WayOut;
  readonly by: readonly Dimension[];
  /** The only project; undefined for all. */
  readonly project: string | undefined;
  /** The time of the report, and its first day; undefined for all days. */
  readonly now: number;
  readonly since: number | undefined;
  /** The largest number of rows of each table. */
  readonly top: number;
  readonly remarks: readonly string[];
}

/** A table of the report. */
export interface ReportSection {
  readonly kind: KeyKind;
  readonly title: string;
  readonly text: string;
  /** The text in the place of a table without rows; undefined for a section that is left out then. */
  readonly empty?: string;
}

/** The tables in their order. */
export const reportSections: readonly ReportSection[] = [
  {
    kind: 'needing',
    title: 'Who needs the gateway',
    text: 'Calls that would fail without it.',
    empty: 'Nobody needed it in this time.',
  },
  {
    kind: 'notBreaking',
    title: 'Works without the gateway today',
    text: 'These calls do not hold the verdict back, but the clouds plan to end what they use.',
  },
  {
    kind: 'failing',
    title: 'Failed with the gateway, too',
    text: 'None of these calls was ever answered, and no outage of the cloud lasts for so long, so they would lose nothing.',
  },
  {
    kind: 'unverified',
    title: 'Unverified callers',
    text: 'The cloud did not accept their token. Anybody can send such calls, so they hold the verdict back only if the retirement file refused them: then the cloud was not asked.',
  },
];

/** A section with its rows: at most as many as are wanted. */
export interface FilledSection extends ReportSection {
  readonly rows: readonly Row[];
  /** The number of rows that are left out. */
  readonly left: number;
}

/** Fill the sections; those without rows that have nothing to say are left out. */
export function filledSections({ wayOut, top }: ReportPage): readonly FilledSection[] {
  return reportSections
    .map((section) => {
      const rows = wayOut.rows[section.kind];
      return { ...section, rows: rows.slice(0, top), left: Math.max(0, rows.length - top) };
    })
    .filter(({ rows, empty }) => rows.length > 0 || empty !== undefined);
}

import { dimensions } from '../../way-out/groups.ts';
import type { Command } from '../command.ts';
import { foundCode } from '../exit-codes.ts';
import { failures, reportFormats } from './report-wishes.ts';

/** The command that reports who still needs the gateway. */
export const reportCommand: Command = {
  name: 'report',
  args: '[SOURCE...]',
  summary: 'Report who still needs the gateway, and until when.',
  options: [
    {
      name: 'from',
      value: 'SOURCE',
      help: 'Where the counts are: sqlite:FILE, the path of such a file alone, postgres://..., a log file in JSON (.gz too, - for the standard input), or the URL of an admin port. Several are added up: name more as arguments. Not given: the setting ledger.store.',
    },
    {
      name: 'since',
      value: 'DAY',
      help: 'First day of the rows: a date, or 90d for 90 days ago. The verdict is about all days.',
    },
    { name: 'until', value: 'DAY', help: 'Last day: the report is as it would have been at its end.' },
    {
      name: 'by',
      value: 'LIST',
      help: `Members by which rows are made: some of ${dimensions.join(', ')}.`,
      default: 'project,agent,reason',
    },
    { name: 'project', value: 'ID', help: 'Report about one project only.' },
    { name: 'top', value: 'NUMBER', help: 'Most rows of each table. Not given: 100; all in JSON and CSV.' },
    { name: 'format', value: 'FORMAT', choices: reportFormats, help: 'Form of the report.', default: 'table' },
    { name: 'json', help: 'The same as --format json.' },
    {
      name: 'anonymous',
      help: 'Replace projects, agents, networks and request ids by labels, the same ones within a report.',
    },
    {
      name: 'fail-on',
      value: 'ROWS',
      choices: failures,
      help: 'Exit with 3 if the time of the report has such rows. breaks: calls that would fail without the gateway, but not those that fail with it for a month; needs: also those that work without it today; any: also those that failed or were unverified. Without any data it is 3 as well.',
    },
    { name: 'token-file', value: 'FILE', help: 'File with the token of the admin port.' },
    {
      name: 'retire',
      value: 'FILE',
      help: 'Retirement file, whose past brownouts are the proof. Not given: the setting retire.',
    },
  ],
  exitCodes: [{ code: foundCode, meaning: 'The report has rows of --fail-on, or no data.' }],
  examples: [
    'legacy-compute-gateway report --from sqlite:/var/lib/gateway/ledger.db --by project',
    'legacy-compute-gateway report --since 90d --fail-on breaks gateway.log gateway.log.*.gz',
    'legacy-compute-gateway report --from http://127.0.0.1:9774 --token-file token --format html > way-out.html',
  ],
  run: async (values, io) => {
    const { runReport } = await import('./run-report.ts');
    return runReport(values, io);
  },
};

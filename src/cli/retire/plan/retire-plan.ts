import type { Command } from '../../command.ts';
import { foundCode } from '../../exit-codes.ts';

/** The command that says whom a retirement file would refuse. */
export const retirePlanCommand: Command = {
  name: 'retire plan',
  args: '[FILE] [SOURCE...]',
  summary: 'Say whom a retirement file would refuse.',
  options: [
    {
      name: 'from',
      value: 'SOURCE',
      help: 'Where the counts are, as for report: sqlite:FILE, postgres://..., a log file in JSON, or the URL of an admin port. Name more as arguments behind the file. Not given: the setting ledger.store.',
    },
    { name: 'since', value: 'DAY', help: 'First day: a date, or 30d for 30 days ago.', default: '30d' },
    { name: 'top', value: 'NUMBER', help: 'Most rows of each table.', default: '20' },
    { name: 'json', help: 'Write it as JSON, with all rows.' },
    {
      name: 'anonymous',
      help: 'Replace projects, agents and networks by labels, the same ones within a plan.',
    },
    {
      name: 'fail-on',
      value: 'WHAT',
      choices: ['hits'],
      help: 'Exit with 3 if a rule, or a brownout that is not over, would refuse somebody.',
    },
    { name: 'token-file', value: 'FILE', help: 'File with the token of the admin port.' },
  ],
  exitCodes: [{ code: foundCode, meaning: 'With --fail-on hits: somebody would be refused, or there are no data.' }],
  examples: [
    'legacy-compute-gateway retire plan retire.json --from sqlite:/var/lib/gateway/ledger.db',
    'legacy-compute-gateway retire plan retire.json --since 90d --fail-on hits gateway.log gateway.log.*.gz',
  ],
  run: async (values, io) => {
    const { runRetirePlan } = await import('./run-plan.ts');
    return runRetirePlan(values, io);
  },
};

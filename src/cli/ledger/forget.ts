import type { Command } from '../command.ts';
import { unconfirmedCode } from '../exit-codes.ts';

/** The command that removes a project from a ledger. */
export const ledgerForgetCommand: Command = {
  name: 'ledger forget',
  args: '<PROJECT>',
  summary: 'Remove everything about a project from a ledger.',
  options: [
    {
      name: 'from',
      value: 'STORE',
      help: 'The ledger: sqlite:FILE, the path of such a file alone, or postgres://... Not given: the setting ledger.store.',
    },
    { name: 'yes', help: 'Remove without asking.' },
    { name: 'json', help: 'Write the result as JSON.' },
  ],
  exitCodes: [{ code: unconfirmedCode, meaning: 'The question was not answered with yes: nothing was removed.' }],
  examples: [
    'legacy-compute-gateway ledger forget 7459f9935ed2422eb9800fea1d4d9378 --from sqlite:/var/lib/gateway/ledger.db',
  ],
  run: async (values, io) => {
    const { runForget } = await import('./run-forget.ts');
    return runForget(values, io);
  },
};

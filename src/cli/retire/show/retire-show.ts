import type { Command } from '../../command.ts';

/** The command that shows a retirement file. */
export const retireShowCommand: Command = {
  name: 'retire show',
  args: '[FILE]',
  summary: 'Show a retirement file and its calendar.',
  options: [
    {
      name: 'at',
      value: 'TIME',
      help: 'Show what is in force at another time than now: a date, or a date with a time, such as 2027-03-31T10:00.',
    },
    { name: 'next', value: 'NUMBER', help: 'Brownouts of the calendar.', default: '10' },
    { name: 'json', help: 'Write it as JSON.' },
  ],
  exitCodes: [],
  examples: ['legacy-compute-gateway retire show --at 2027-03-31T10:00 retire.json'],
  run: async (values, io) => {
    const { runRetireShow } = await import('./run-show.ts');
    return runRetireShow(values, io);
  },
};

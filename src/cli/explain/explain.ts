import type { Command } from '../command.ts';

/** The command that explains a reason of a log, a report or a header field. */
export const explainCommand: Command = {
  name: 'explain',
  args: '[REASON]',
  summary: 'Explain a need, a fault reason or a note, with its cure.',
  options: [{ name: 'json', help: 'Write the explanation, or the list, as JSON.' }],
  exitCodes: [],
  examples: [
    'legacy-compute-gateway explain xml-request',
    'legacy-compute-gateway explain spelling:accessIPv4',
    'legacy-compute-gateway explain cloud-gone',
  ],
  run: async (values, io) => {
    const { runExplain } = await import('./run-explain.ts');
    return runExplain(values, io);
  },
};

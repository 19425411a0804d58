import type { Command } from '../command.ts';
import { writeJson } from '../output.ts';

/** The command that checks the settings. */
export const checkCommand: Command = {
  name: 'check',
  args: '',
  summary: 'Check the settings, and that the cloud can be reached.',
  options: [
    {
      name: 'reach',
      help: 'Ask the cloud and the identity service, too, without a token: DNS, TCP, TLS, versions, profile.',
    },
    { name: 'json', help: 'Write the result as JSON.' },
  ],
  exitCodes: [],
  examples: ['legacy-compute-gateway check --reach', 'legacy-compute-gateway check --json | jq .warnings'],
  run: async ({ options: { reach, json } }, io) => {
    const { checkAsData, checkConfig } = await import('./check-config.ts');
    if (json !== true) return checkConfig(reach === true);
    const { code, data } = await checkAsData(reach === true, io.environment);
    writeJson(io, data);
    return code;
  },
};

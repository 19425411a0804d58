import { settingsHelp } from '../../config/help.ts';
import type { Command } from '../command.ts';

/** The command that serves. A plain `serve` is carried out without this file, which only `--help` and mistakes reach. */
export const serveCommand: Command = {
  name: 'serve',
  args: '',
  summary: 'Serve callers, as without a command.',
  options: [
    { name: 'check', help: 'Check the settings and the files that they name.' },
    { name: 'reach', help: 'With --check: ask the cloud, too, without a token.' },
    { name: 'health', help: 'Ask the admin port of a gateway that runs with these settings whether it serves.' },
    { name: 'version', short: 'v', help: 'Print the version.' },
  ],
  exitCodes: [{ code: 1, meaning: 'With --health: the gateway does not serve.' }],
  examples: [
    'GATEWAY_UPSTREAM_URL=https://compute.example.com GATEWAY_UPSTREAM_PROFILE=nova legacy-compute-gateway serve',
  ],
  run: async () => {
    const { serve } = await import('../../process/start/serve.ts');
    await serve();
    return 0;
  },
};

/** Write the help of `serve`, which has all settings. */
export function serveHelp(): string {
  return `Usage: npm start [-- OPTION]
       legacy-compute-gateway [serve] [OPTION]

Lets legacy OpenStack Compute clients work with modern clouds.

Options:
  -h, --help     Print this help.
  --check        Check the settings and the files that they name; 2 is the exit
                 code if there are mistakes. A profile that is not set is a
                 warning here, and a mistake in a start.
  --reach        With --check: ask the cloud, too, without a token. One line for
                 each step (DNS, TCP, TLS, its versions, the profile; then those
                 of the identity service, if there is one, without a login); 2
                 is the exit code if one failed.
  --health       Ask the admin port of a gateway that runs with these settings
                 whether it serves; 1 is the exit code if it does not.
  -v, --version  Print the version.

The commands besides serve: legacy-compute-gateway --help

${settingsHelp()}`;
}

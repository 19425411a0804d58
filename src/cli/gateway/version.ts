import type { Command } from '../command.ts';
import { writeJson } from '../output.ts';

/** The command that prints the version. */
export const versionCommand: Command = {
  name: 'version',
  args: '',
  summary: 'Print the version.',
  options: [
    { name: 'json', help: 'Write the version, that of node, the profiles and the number of operations as JSON.' },
  ],
  exitCodes: [],
  examples: ['legacy-compute-gateway version --json'],
  run: async ({ options: { json } }, io) => {
    const { packageVersion } = await import('../../process/package-version.ts');
    const version = packageVersion();
    if (json !== true) {
      io.stdout.write(`${version}\n`);
      return 0;
    }
    const { profiles } = await import('../../upstream/profiles/profiles.ts');
    const { operations } = await import('../../compute/operations/operations.ts');
    writeJson(io, {
      name: 'legacy-compute-gateway',
      version,
      node: process.versions.node,
      profiles: Object.keys(profiles),
      operations: operations.length,
    });
    return 0;
  },
};

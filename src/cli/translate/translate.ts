import type { Command } from '../command.ts';

/** The command that shows what the cloud would get for a request. */
export const translateCommand: Command = {
  name: 'translate',
  args: '[FILE]',
  summary: 'Show what the cloud would get for a request; send nothing.',
  options: [
    {
      name: 'profile',
      value: 'KIND',
      choices: ['nova', 'ecs'],
      help: 'The kind of cloud, instead of GATEWAY_UPSTREAM_PROFILE.',
    },
    { name: 'operation', value: 'NAME', help: 'The file is a body alone: that of this operation, such as rebuild.' },
    {
      name: 'version',
      value: 'VERSION',
      choices: ['v1.1', 'v2', 'v2.1'],
      default: 'v2',
      help: 'With --operation or --answer: the version in the path.',
    },
    {
      name: 'project',
      value: 'ID',
      default: '0123456789abcdef0123456789abcdef',
      help: 'With --operation or --answer: the project in the path.',
    },
    {
      name: 'server',
      value: 'ID',
      default: '00000000-0000-4000-8000-000000000000',
      help: 'With --operation or --answer: the server in the path.',
    },
    {
      name: 'body',
      value: 'FILE',
      help: 'The body of the only request, where the output of curl -v or a command line of curl does not have it.',
    },
    { name: 'entry', value: 'N', help: 'The only entry of a HAR, from 1.' },
    {
      name: 'answer',
      value: 'OPERATION',
      help: "The file is a cloud's JSON answer to this operation: write it in XML.",
    },
    { name: 'fault', value: 'STATUS', help: 'With --answer: it is a fault of this status.' },
    { name: 'show-secrets', help: 'Show tokens, passwords, user data and contents of files instead of ***.' },
    { name: 'json', help: 'Write the translations as JSON.' },
  ],
  exitCodes: [{ code: 1, meaning: 'A request would be refused.' }],
  examples: [
    'legacy-compute-gateway translate --profile nova request.http',
    'curl --trace-ascii - URL | legacy-compute-gateway translate --profile nova -',
    'legacy-compute-gateway translate --profile ecs --operation rebuild body.xml',
    'curl -s URL | legacy-compute-gateway translate --profile nova --answer listServers -',
  ],
  run: async (values, io) => {
    const { runTranslate } = await import('./run-translate.ts');
    return runTranslate(values, io);
  },
};

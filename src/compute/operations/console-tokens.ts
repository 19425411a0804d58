import { element, integer, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

/** Show the address of the console that a token opens; proxies of consoles ask for it. */
export const showConsoleToken = {
  name: 'showConsoleToken',
  method: 'GET',
  route: 'os-console-auth-tokens/{console_token}',
  answer: {
    root: 'console',
    content: record({
      instance_uuid: element(string()),
      internal_access_path: element(string()),
      host: element(string()),
      port: element(integer()),
    }),
    isUndeclared: true,
    ...noNamespace,
  },
  status: 200,
} as const satisfies Operation;

import { operations, operationsByName } from '../../compute/operations/operations.ts';
import type { Operation } from '../../compute/operation.ts';
import { InputError } from './input-error.ts';
import { didYouMean } from './closest.ts';
import type { GivenRequest } from './given-request.ts';

/** The place of a message without a request line, as options name it. */
export interface NamedCall {
  /** The name of the operation. */
  readonly operation: string;
  readonly version: string;
  readonly project: string;
  readonly server: string;
}

/** The ids in the path of a body alone, where none are given. */
const someIds = {
  project: '0123456789abcdef0123456789abcdef',
  server: '00000000-0000-4000-8000-000000000000',
} as const;

/** Name the call of an operation, with ids that stand for any. */
export function namedCall(operation: string, version = 'v2'): NamedCall {
  return { operation, version, ...someIds };
}

/** Find an operation by its name. @throws {InputError} with the closest names */
export function operationNamed(name: string): Operation {
  const found = operationsByName.get(name);
  if (found !== undefined) return found;
  const names = operations.map((operation) => operation.name);
  throw new InputError(
    `There is no operation of that name.${didYouMean(name, names)} docs/operations.md lists all of them.`,
    undefined,
    'operation',
  );
}

/** Make a request of a body alone, for the path of its operation. */
export function requestFor(named: NamedCall, body: Buffer): GivenRequest {
  const operation = operationNamed(named.operation);
  const isXml = /^\s*</.test(body.toString('latin1', 0, 256).replace(/^\u00ef\u00bb\u00bf/, ''));
  const type = body.length === 0 ? [] : ([['Content-Type', isXml ? 'application/xml' : 'application/json']] as const);
  return { place: 'the body', method: operation.method, target: targetFor(operation, named), headers: type, body };
}

/** Make the path of an operation. Parameters besides the server have the value 1, which every one may have. */
export function targetFor({ scope = 'project', route }: Operation, { version, project, server }: NamedCall): string {
  const path = route.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'server_id' ? server : '1'));
  switch (scope) {
    case 'service':
      return '/';
    case 'version':
      return `/${version}/`;
    case 'project':
      return `/${version}/${project}/${path}`;
    default:
      return scope satisfies never;
  }
}

import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { code, table } from './markdown.ts';

/** The table of translated operations: one row for each path, with its methods and the names of its actions. */
export function operationsTable(): string {
  const byPath = Map.groupBy(operations as readonly Operation[], pathOf);
  return table(
    ['path', 'translated'],
    [...byPath].map(([path, sharing]) => [code(path), isActions(sharing) ? actionsOf(sharing) : methodsOf(sharing)]),
  );
}

/** The number of translated operations, as a sentence of its own. */
export function operationsCount(): string {
  return `${operations.length} operations are translated.`;
}

function pathOf({ scope = 'project', route }: Operation): string {
  return { service: '/', version: '/{version}/', project: route }[scope];
}

/** Actions share one path and one method, and are told apart by the root of the request. */
function isActions(sharing: readonly Operation[]): boolean {
  return sharing.length > 1 && sharing.every(({ method }) => method === 'POST');
}

function actionsOf(sharing: readonly Operation[]): string {
  return `POST: ${sharing.map(({ request }) => code(request?.root ?? '')).join(', ')}`;
}

function methodsOf(sharing: readonly Operation[]): string {
  return sharing.map(({ method }) => method).join(', ');
}

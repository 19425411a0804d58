import { identityRoutes, type IdentityRoute } from '../../src/identity/routes.ts';
import { code, table } from './markdown.ts';

/** The calls of the Identity API that are translated: one row for each path, with its methods. */
export function identityCallsTable(): string {
  return table(['path', 'translated'], rowsOf(identityRoutes.filter(({ call }) => call !== 'untranslated')));
}

/** The calls of legacy Keystone that are refused with 501. */
export function untranslatedCallsTable(): string {
  return table(['path', '501'], rowsOf(identityRoutes.filter(({ call }) => call === 'untranslated')));
}

function rowsOf(routes: readonly IdentityRoute[]): string[][] {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  return [...byPath].map(([path, sharing]) => [code(path), sharing.map(methodOf).join(', ')]);
}

function methodOf({ method, isOnIdentityPort, needsKey, hasSuffix }: IdentityRoute): string {
  const notes = [
    ...(isOnIdentityPort === true ? ['on a port of the Identity API'] : []),
    ...(needsKey === true ? ['with X-Auth-Key or X-Storage-Pass'] : []),
    ...(hasSuffix === true ? ['also with .xml and .json'] : []),
  ];
  const name = method === 'ANY' ? 'any method' : method;
  return notes.length === 0 ? name : `${name} (${notes.join('; ')})`;
}

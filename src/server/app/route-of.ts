import { operationsByName } from '../../compute/operations/operations.ts';
import type { Exchange } from '../../http/exchange/exchange.ts';

/** Find the template of a request's path, such as `/v2/{project_id}/servers/{server_id}`; undefined if no operation describes it. */
export function routeOf({ trace, facts: { version, project } }: Exchange): string | undefined {
  const found = trace.operation === undefined ? undefined : operationsByName.get(trace.operation);
  if (found === undefined) return undefined;
  const { scope = 'project', route } = found;
  const segments = [version, scope === 'project' && project !== undefined ? '{project_id}' : undefined, route];
  return `/${segments.filter((segment) => segment !== undefined && segment !== '').join('/')}`;
}

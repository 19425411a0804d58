import { modernVersion } from '../../compute/path-facts.ts';
import type { Operation } from '../../compute/operation.ts';
import { fillTemplate, templateOf } from './route-template.ts';
import type { Call } from './router.ts';

/** Make the path of a route at the cloud, with the project and the parameters of a call. Clouds call v1.1 v2. */
export function cloudPath(
  route: string,
  { version, project, parameters }: Pick<Call, 'version' | 'project' | 'parameters'>,
  scope: Operation['scope'] = 'project',
): string {
  if (scope === 'service') return '/';
  if (scope === 'version') return version === modernVersion ? '/v2.1/' : '/v2/';
  return (project === undefined ? '/v2.1' : `/v2.1/${project}`) + fillTemplate(templateOf(route), parameters);
}

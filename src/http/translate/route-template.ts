/** A route such as `servers/{server_id}/action`, split into segments. */
export type RouteTemplate = readonly Segment[];

/** A segment of a route: the text that a path must have there, or the name of a parameter. */
interface Segment {
  readonly text: string;
  readonly name: string | undefined;
}

/** The parameters of a path, exactly as written. */
export type Parameters = Readonly<Record<string, string>>;

/** A path segment that may be sent to the cloud unchanged: without an encoded slash, backslash or NUL. */
const segmentForm = /^(?:[A-Za-z0-9._~:@!$&'()*+,;=-]|%(?!2f|5c|00)[0-9a-f]{2})+$/i;
const dotSegment = /^(?:\.|%2e){1,2}$/i;

const known = new Map<string, RouteTemplate>();

/** Split a route. The result is cached: there are only the routes of the operations. */
export function templateOf(route: string): RouteTemplate {
  const found = known.get(route);
  if (found !== undefined) return found;
  const template = route.split('/').map((text) => ({ text, name: /^\{(\w+)\}$/.exec(text)?.[1] }));
  known.set(route, template);
  return template;
}

/** Count the parameters of a route. */
export function parameterCount(template: RouteTemplate): number {
  return template.filter(({ name }) => name !== undefined).length;
}

/** Read the parameters from the segments of a path, beginning at `from`; undefined if the path does not match the route. */
export function matchTemplate(
  template: RouteTemplate,
  segments: readonly string[],
  from: number,
): Parameters | undefined {
  if (template.length !== segments.length - from) return undefined;
  const parameters: Record<string, string> = {};
  let at = from;
  for (const { text, name } of template) {
    const actual = segments[at] ?? '';
    if (name === undefined ? actual !== text : !isSegment(actual)) return undefined;
    if (name !== undefined) parameters[name] = actual;
    at += 1;
  }
  return parameters;
}

/** Fill a route with parameters; the path begins with a slash. */
export function fillTemplate(template: RouteTemplate, parameters: Parameters): string {
  let path = '';
  for (const { text, name } of template) path += `/${name === undefined ? text : (parameters[name] ?? '')}`;
  return path;
}

/** Check that a text may be a segment of a path at the cloud. */
export function isSegment(text: string): boolean {
  return segmentForm.test(text) && !dotSegment.test(text);
}

import type { Operation } from '../../compute/operation.ts';
import { operations } from '../../compute/operations/operations.ts';
import { needOfCall } from '../../identity/call-needs.ts';
import { identityRoutes } from '../../identity/routes.ts';
import type { Need } from '../../need-reasons.ts';

/** The reasons that the head of any request can show, and those of a request with a body. */
const ofAnyRequest = ['xml-request', 'xml-answer', 'suffix', 'path-v1.1', 'path-v2', 'media-version'] as const;
const ofBody = ['chunked-request'] as const;
const ofLogin = ['xml-request', 'xml-answer', 'suffix'] as const;

/** The calls of the Identity API that are translated. */
const loginCalls = [...new Set(identityRoutes.map(({ call }) => call))].filter(
  (call) => call !== 'untranslated' && call !== 'forward',
);

/** The operations whose requests refer to images or flavors, which legacy callers did by URL. */
const withReferences = ['rebuild', 'createServer', 'bootFromVolume', 'resize', 'rescue'] as const;

/**
 * The series of `gateway_needed_total` that exist from the start: every reason that stands alone, for each operation that can have
 * it. Without them the first count of a series would be no increase, and a client that calls once a month would not be seen.
 */
const needSeries: readonly (readonly [operation: string, need: Need])[] = [
  ...['forwarded', 'none'].flatMap((name) => [...ofAnyRequest, ...ofBody].map((need) => [name, need] as const)),
  ...operations.flatMap(({ name, request }: Operation) =>
    [...ofAnyRequest, ...(request === undefined ? [] : ofBody)].map((need) => [name, need] as const),
  ),
  ...withReferences.map((name) => [name, 'url-reference'] as const),
  ...loginCalls.flatMap((call) => {
    const own = needOfCall(call);
    return [...(own === undefined ? [] : [own]), ...ofLogin].map((need) => [call, need] as const);
  }),
];

/** The top-level members of all requests, which are the member names that metrics may show. */
const describedMembers: ReadonlySet<string> = new Set(
  operations.flatMap(({ request }: Operation) =>
    request?.content.kind === 'record' ? Object.keys(request.content.members) : [],
  ),
);

/** The texts that metrics may show of exchanges, and the series that exist from the start. */
export const metricSeries = { members: describedMembers, needs: needSeries };

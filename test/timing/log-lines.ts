/** A source of random numbers that are the same in each run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const agents = [
  'python-novaclient',
  'fog/1.22.0',
  'jclouds/1.5.10 java/1.7.0_55',
  'Python-httplib2/0.7.2 (gzip)',
  'openstacksdk/4.4.0 keystoneauth1/5.10.0 python-requests/2.32.3 CPython/3.12.3',
];
const operations = ['rebuild', 'listServers', 'showServer', 'createServer', 'GET os-floating-ip-pools'];
const reasons = [['xml-request', 'xml-answer'], ['xml-answer'], ['suffix', 'xml-answer'], ['path-v1.1'], ['path-v2']];

/**
 * Write the lines of a gateway's log: of exchanges in the order of their fields, and now and then another one.
 * @param needing the part of exchanges that needed the gateway
 */
export function* logLines(count: number, needing: number, from: number, msBetween: number): Generator<string> {
  const random = randomNumbers(7);
  const oneOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const projects = Array.from({ length: 40 }, () => hex(32));
  for (let index = 0; index < count; index += 1) {
    const timestamp = new Date(from + index * msBetween).toISOString();
    if (index % 5000 === 4999) {
      yield JSON.stringify({ timestamp, level: 'info', message: 'configuration read', settings: 3 });
      continue;
    }
    const project = oneOf(projects);
    const server = `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
    const needs = random() < needing ? oneOf(reasons) : [];
    const id = `req-${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
    yield JSON.stringify({
      timestamp,
      level: 'info',
      message: 'exchange',
      requestId: id,
      globalRequestId: id,
      traceId: hex(32),
      version: 'v2',
      project,
      operation: oneOf(operations),
      mediaIn: 'application/xml',
      bytesIn: 712,
      microversion: '2.1',
      cloudStatus: 202,
      mediaOut: 'application/xml',
      bytesOut: 1403,
      server,
      client: `198.51.100.${Math.floor(random() * 250)}`,
      method: 'POST',
      path: `/v2/${project}/servers/${server}/action`,
      agent: oneOf(agents),
      status: 202,
      ms: 38.41,
      cloudMs: 36.02,
      notes: ['imageRef;mapped', 'personality.0.path;rewritten'],
      needs,
    });
  }
}

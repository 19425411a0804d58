import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertAllNeeded } from '../support/deviations.ts';
import type { TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { readDocument } from '../support/read-document.ts';
import { json, rebuiltServer } from '../support/rebuilt-server.ts';
import { withGateway } from '../support/recorded.ts';
import type { Scripted, ScriptedCloud } from '../support/scripted-cloud.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import { httpDeviations, ownTypeDeviations, type Seen } from './http-deviations.ts';
import { normalForm, readServer } from './legacy-document.ts';

/** A whole exchange of legacy Nova's. */
interface Recording {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  };
}

/** The part of an exchange that is now the modern cloud's. */
type Part = 'nothing' | 'the server' | 'the fault' | 'everything';

/** "Every other request, and every action that no operation describes, is streamed to the cloud and back untouched": the cloud answers all of it. */
const forwarded = /^(?:method-|unknown-path|unknown-action(?:-unicode)?-json)/;
/** Exchanges that only the cloud can refuse, because of a tenant, a server, a state or a policy. */
const refusedByTheCloud = /^(?:wrong-tenant|unknown-server|state-|policy-|async-rebuild-twice)/;
/** The exchanges in which legacy Nova chose the media type of the answer. */
const chosenType = /^(?:accept|fault-accept|suffix|path)-/;

/** The members that the recordings send and no rebuild has; `auto_disk_config` is a word of XML only. */
const unknownMembers: ReadonlySet<string> = new Set(['foo', 'auto_disk_config']);

const all = recordings<Recording>('http');

/** A body over the limit, which its recording only sketches: `...`, of the length `> 114688`, to `{server}`. */
const tooLarge = `<rebuild imageRef="70a599e0-31e7-49b7-b260-868f441e862b" name="n">${' '.repeat(114_688)}</rebuild>`;

const settings = { GATEWAY_UPSTREAM_PROFILE: 'nova', GATEWAY_PUBLIC_URL: 'http://openstack.example.com' };

describe('recorded exchanges', { skip: noRecordings }, () => {
  replay(all, settings, { ...httpDeviations, ...ownTypeDeviations });

  test('every deviation of an exchange is one that a recording needs', () => {
    const recorded = new Map(all.map(({ name, response }) => [name, seenInRecording(response)]));
    assertAllNeeded({ ...httpDeviations, ...ownTypeDeviations }, recorded);
  });
});

describe("recorded exchanges with Nova's rule of the answer's type", { skip: noRecordings }, () => {
  const chosen = all.filter(({ name }) => chosenType.test(name));
  replay(chosen, { ...settings, GATEWAY_REPLY_DEFAULT: 'json' }, httpDeviations);
});

function replay(
  exchanges: readonly Recording[],
  environment: Readonly<Record<string, string>>,
  deviations: typeof httpDeviations,
): void {
  const between = withGateway(environment);

  for (const recording of exchanges) {
    const deviation = deviations[recording.name];
    const expected = deviation?.instead ?? seenInRecording(recording.response);
    const part = partOfTheCloud(recording.name, expected);
    const why = deviation === undefined ? 'as legacy Nova answered' : `because ${deviation.because}`;
    test(`${recording.name} is answered ${expected.status} with ${part} of the cloud, ${why}`, async () => {
      const { cloud, gateway } = between;
      cloud.received.length = 0;
      cloud.script(answerOf(part, recording));
      const answer = await send(gateway, recording);
      assert.deepEqual(seenInAnswer(answer), expected, answer.body);
      assertMessage(recording, answer, part, deviation === undefined);
      if (part === 'the server' && deviation === undefined) assertSameServer(recording, answer);
      assertReceived(recording, cloud, part);
      if (part === 'the server') assertMembers(recording, cloud, answer);
    });
  }
}

function partOfTheCloud(name: string, { status }: Seen): Part {
  if (forwarded.test(name)) return 'everything';
  if (refusedByTheCloud.test(name) && status !== 202) return 'the fault';
  return status === 202 ? 'the server' : 'nothing';
}

function answerOf(part: Part, { response }: Recording): Scripted {
  switch (part) {
    case 'everything': {
      const { status, body, headers } = response;
      return { status, body, headers: { 'Content-Type': valueOf(headers, 'Content-Type') } };
    }
    case 'the fault': {
      const { root, message } = readDocument(valueOf(response.headers, 'Content-Type'), response.body);
      return json(response.status, { [root]: { code: response.status, message } });
    }
    case 'the server':
      return response.status === 202 ? json(202, { server: readServer(response.body) }) : rebuiltServer;
    case 'nothing':
      return rebuiltServer;
    default:
      return part satisfies never;
  }
}

function send({ url }: TestGateway, { request }: Recording): Promise<TestAnswer> {
  const { method, body } = request;
  const path = request.path.replace('{server}', '075e40fe-9f03-4652-ba8e-5f8e2547899a');
  const { 'Content-Length': _sketched, ...headers } = request.headers;
  if (body === '...') return call(url, { method, path, headers, body: tooLarge });
  return call(url, { method, path, headers, ...(body === null || body === undefined ? {} : { body }) });
}

function seenInRecording({ status, headers, body }: Recording['response']): Seen {
  const contentType = valueOf(headers, 'Content-Type');
  return {
    status,
    contentType,
    fault: faultOf(status, contentType, body),
    hasLocation: valueOf(headers, 'Location') !== '',
  };
}

function seenInAnswer({ status, headers, body }: TestAnswer): Seen {
  const contentType = headers['content-type'] ?? '';
  const hasLocation = headers['location'] !== undefined;
  return { status, contentType, fault: faultOf(status, contentType, body), hasLocation };
}

function faultOf(status: number, contentType: string, body: string): string {
  return status < 400 || body === '' ? '' : readDocument(contentType, body).root;
}

/** The messages that must be legacy Nova's: the cloud's own, those that the issue keeps, and all that is not ours to change. */
function assertMessage({ response }: Recording, answer: TestAnswer, part: Part, isKept: boolean): void {
  if (part === 'everything' && isKept)
    assert.equal(answer.body, answer.headers['content-length'] === undefined ? '' : response.body);
  if (response.status < 400 || !isKept) return;
  const recorded = readDocument(valueOf(response.headers, 'Content-Type'), response.body === '' ? '{}' : response.body);
  const { message } = readDocument(answer.headers['content-type'], answer.body === '' ? '{}' : answer.body);
  if (part === 'the fault') assert.equal(message, recorded.message);
  if (recorded.message === 'Malformed request body') assert.ok(message.startsWith(recorded.message), message);
}

/** The recorded server, given to the gateway in JSON, comes out as it was recorded. */
function assertSameServer({ response }: Recording, { headers, body }: TestAnswer): void {
  assert.equal(headers['location'], valueOf(response.headers, 'Location'));
  if (body.startsWith('{')) assert.deepEqual(JSON.parse(body), JSON.parse(response.body));
  else assert.equal(normalForm(body), normalForm(response.body));
}

/** Assert that the unknown members of a JSON rebuild are dropped with a note, and that all others reach the cloud. */
function assertMembers({ request }: Recording, { received }: ScriptedCloud, { headers }: TestAnswer): void {
  if (!(request.body ?? '').startsWith('{')) return;
  const sent = membersOf(request.body ?? '');
  const kept = membersOf(received[0]?.body.toString('utf8') ?? '');
  const unknown = sent.filter((member) => unknownMembers.has(member));
  assert.deepEqual(kept.toSorted(), sent.filter((member) => !unknownMembers.has(member)).toSorted());
  assert.equal(headers['gateway-translation'], unknown.map((member) => `${member};dropped`).join(', ') || undefined);
}

function membersOf(body: string): string[] {
  return Object.keys((JSON.parse(body) as { readonly rebuild: object }).rebuild);
}

/** A refused request never reached the cloud, a rebuild reached it as JSON, and anything else as it came. */
function assertReceived({ request }: Recording, { received }: ScriptedCloud, part: Part): void {
  assert.equal(received.length, part === 'nothing' ? 0 : 1, 'requests that the cloud received');
  const [first] = received;
  if (first === undefined) return;
  assert.equal(first.method, request.method);
  if (part === 'everything') {
    assert.equal(first.path, request.path);
    assert.equal(first.body.toString('utf8'), request.body ?? '');
  } else {
    assert.match(first.path, /^\/v2\.1\/\w+\/servers\/[-0-9a-f]+\/action(?:\?|$)/);
    assert.equal(first.headers['content-type'], 'application/json');
    assert.deepEqual(Object.keys(JSON.parse(first.body.toString('utf8')) as object), ['rebuild']);
  }
}

function valueOf(headers: Recording['response']['headers'], name: string): string {
  return headers.find(([given]) => given === name)?.[1] ?? '';
}

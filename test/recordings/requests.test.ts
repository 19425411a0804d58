import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAllNeeded } from '../support/deviations.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { exchangeBytes, type RawAnswer } from '../support/raw-exchange.ts';
import { readDocument } from '../support/read-document.ts';
import { withGateway } from '../support/recorded.ts';
import type { Received } from '../support/scripted-cloud.ts';
import { noRecordings } from '../support/vectors.ts';
import { clientDeviations, documentDeviations, outOfScope, type Seen } from './client-deviations.ts';
import { clientRequests, type ClientRequest } from './client-requests.ts';
import { treeOf } from './document-tree.ts';
import { startJsonOnlyCloud, type JsonOnlyCloud } from './json-only-cloud.ts';
import { documentOf, modernAnswer, recordedAt } from './modern-answer.ts';
import { profileNames, type Profile } from './modern-body.ts';
import { sentBodies } from './sent-bodies.ts';

const all = clientRequests();
const ofCompute = all.filter(({ file }) => outOfScope[file] === undefined);

for (const profile of profileNames) {
  describe(`requests of real clients to a ${profile} cloud`, { skip: noRecordings }, () => replay(profile));
}

describe("requests of real clients that are Keystone's", { skip: noRecordings }, () => {
  const between = withGateway();

  // test/login plays them in front of an identity service.
  for (const { file, bytes, recorded } of all.filter(({ file }) => outOfScope[file] !== undefined)) {
    test(`${file} is refused without an identity service, and not sent to compute: ${outOfScope[file]}`, async () => {
      const { cloud, gateway } = between;
      cloud.received.length = 0;
      const answer = await exchangeBytes(gateway.url, bytes);
      assert.deepEqual([answer.status, answer.headers['content-type']], [404, recorded.headers['content-type']]);
      assert.match(answer.body, /This gateway has no login/);
      assert.equal(cloud.received.length, 0);
    });
  }
});

describe('what is said of requests of real clients', { skip: noRecordings }, () => {
  test('every deviation from a recorded answer is one that a request needs', () => {
    assertAllNeeded(clientDeviations, new Map(ofCompute.map(({ file, recorded }) => [file, seen(recorded)])));
    for (const { because, inForm } of documentDeviations) {
      assert.ok(
        all.some(({ recorded: { body } }) => inForm(body) !== body),
        `no document needs: ${because}`,
      );
    }
  });

  test('every request that is out of scope is recorded, and no operation describes it', () => {
    const undescribed = all.filter(({ operation }) => operation === undefined).map(({ file }) => file);
    assert.deepEqual(undescribed.toSorted(), Object.keys(outOfScope).toSorted());
  });

  test('every body that the cloud receives is known beforehand', () => {
    const files = ofCompute.filter(({ method, file, operation }) => {
      const isSent = method !== 'GET' && method !== 'DELETE' && expectedOf(file).status < 400;
      return isSent && operation?.name !== 'rebuild';
    });
    assert.deepEqual(files.map(({ file }) => file).toSorted(), Object.keys(sentBodies).toSorted());
  });
});

function replay(profile: Profile): void {
  const between: { cloud?: JsonOnlyCloud; gateway?: TestGateway } = {};
  before(async () => {
    between.cloud = await startJsonOnlyCloud();
    between.gateway = await startTestGateway(between.cloud.url, { GATEWAY_UPSTREAM_PROFILE: profile });
  });
  after(async () => {
    await between.gateway?.stop();
    await between.cloud?.stop();
  });

  for (const request of ofCompute) {
    const { file, client, operation, recorded } = request;
    const expected = expectedOf(file);
    const because = clientDeviations[file]?.because;
    const why = because === undefined ? 'as its recording says' : `because ${because}`;
    test(`${file} of ${client} is answered ${expected.status}, ${why}`, async () => {
      const { cloud, gateway } = between;
      assert.ok(cloud && gateway && operation);
      cloud.tell(modernAnswer(operation, recorded, expected.status < 400 ? expected.status : recorded.status));
      const answer = await exchangeBytes(gateway.url, request.bytes);
      assert.deepEqual(seen(answer), expected, answer.body);
      assertReceived(request, expected, cloud, profile);
      assertAnswer(request, answer, expected);
    });
  }
}

function expectedOf(file: string): Seen {
  const recorded = all.find((request) => request.file === file)?.recorded;
  assert.ok(recorded);
  return clientDeviations[file]?.instead ?? seen(recorded);
}

function seen({ status, headers, body }: RawAnswer): Seen {
  const contentType = headers['content-type'] ?? '';
  const { root, namespace } = body === '' ? { root: '', namespace: '' } : readDocument(contentType, body);
  const clark = namespace === '' ? root : `{${namespace}}${root}`;
  return { status, contentType, root: clark, hasLocation: headers['location'] !== undefined };
}

/** Assert that the cloud understood what it received, unless the client got the cloud's refusal. */
function assertReceived(request: ClientRequest, expected: Seen, cloud: JsonOnlyCloud, profile: Profile): void {
  const { file, bytes, recorded, operation } = request;
  const { received, refusals } = cloud;
  const isRefusedThere = recorded.status < 400 && expected.status === 400 && !file.startsWith('wavemaker');
  assert.equal(refusals.length, isRefusedThere ? 1 : 0, refusals.join());
  const isSent = expected.status < 400 || recorded.status === 404 || isRefusedThere;
  const text = bytes.toString('utf8');
  // A profile that sends files as user_data reads the server first.
  const asks = profile === 'ecs' && operation?.name === 'rebuild' && text.includes('<file ') ? 2 : 1;
  assert.equal(received.length, isSent ? asks : 0, 'requests that the cloud received');
  const last = received.at(-1);
  if (last === undefined) return;
  assert.equal(last.headers['x-auth-token'], 'tok-harness-0123456789abcdef');
  assert.equal(last.method, request.method);
  assert.equal(
    last.path,
    request.path
      .replace(/^\/v2\//, '/v2.1/')
      .replace('//', '/')
      .replace(/\.xml$/, ''),
  );
  assertBody(request, last, asks);
}

function assertBody({ file, bytes, operation }: ClientRequest, { headers, body }: Received, asks: number): void {
  const version = asks === 2 ? 'compute 2.57' : 'compute 2.1';
  assert.equal(headers['openstack-api-version'], version);
  if (operation?.request === undefined) return assert.equal(body.length, 0);
  const sent = JSON.parse(body.toString('utf8')) as { readonly rebuild?: { readonly imageRef: unknown } };
  if (operation.name !== 'rebuild') return assert.deepEqual(sent, sentBodies[file]);
  const image = /imageRef="[^"]*?([-0-9a-f]{36})"/.exec(bytes.toString('utf8'))?.[1];
  assert.equal(sent.rebuild?.imageRef, image);
}

/** The whole document is as it was recorded, but that links name the host that the client named. */
function assertAnswer({ recorded, host, operation }: ClientRequest, answer: RawAnswer, expected: Seen): void {
  assert.equal(answer.headers['openstack-api-version'], undefined);
  const asHere = (text: string): string => text.replaceAll(recordedAt, `http://${host}`);
  const { status, headers, body } = recorded;
  if (expected.hasLocation) assert.equal(answer.headers['location'], asHere(headers['location'] ?? ''));
  if (expected.root === '') return assert.equal(answer.body, '');
  if (expected.status >= 400) {
    const { message } = readDocument(answer.headers['content-type'], answer.body);
    if (status === 404) assert.equal(message, readDocument(headers['content-type'], body).message);
    return assert.notEqual(message, '');
  }
  const legacy = documentDeviations.reduce((document, { inForm }) => inForm(document), asHere(body));
  const [isXml, wasXml] = [answer.body, legacy].map((document) => document.startsWith('<'));
  assert.ok(operation);
  if (isXml && wasXml) return assert.deepEqual(treeOf(answer.body), treeOf(legacy));
  return assert.deepEqual(documentOf(operation, answer), documentOf(operation, { ...recorded, body: legacy }));
}

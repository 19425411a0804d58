import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertAllNeeded } from '../support/deviations.ts';
import type { TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { readDocument } from '../support/read-document.ts';
import { rebuiltServer, shownServer } from '../support/rebuilt-server.ts';
import { withGateway } from '../support/recorded.ts';
import type { ScriptedCloud } from '../support/scripted-cloud.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import {
  carriesFiles,
  modernBodies,
  profileNames,
  readModernBody,
  translationNotes,
  type Profile,
} from './modern-body.ts';
import { requestDeviations, type Outcome } from './request-deviations.ts';

/** A request document, what legacy Nova's deserializer made of it, and what its whole API answered. */
interface Recording {
  readonly name: string;
  readonly input?: string;
  readonly input_base64?: string;
  readonly output?: { readonly rebuild: Readonly<Record<string, unknown>> };
  readonly legacy: {
    readonly status: number;
    readonly name?: string;
    readonly message?: string;
    readonly retryAfter?: string;
  };
}

const path = '/v2/openstack/servers/075e40fe-9f03-4652-ba8e-5f8e2547899a/action';
const all = recordings<Recording>('request');
/** The messages that the issue keeps word for word, or begins with. */
const keptMessages = /^(?:Malformed request body|There is no such action: )/;

function recordedOutcome({ output, legacy: { status, name = '', message = '' } }: Recording): Outcome {
  if (status === 202 && output !== undefined) return { rebuild: output.rebuild };
  return { status, name, says: keptMessages.test(message) ? message : '' };
}

for (const profile of profileNames) {
  describe(`recorded XML requests on a ${profile} cloud`, { skip: noRecordings }, () => {
    const between = withGateway({ GATEWAY_UPSTREAM_PROFILE: profile });

    for (const recording of all) {
      const deviation = requestDeviations[recording.name];
      const outcome = deviation?.instead ?? recordedOutcome(recording);
      const what = 'rebuild' in outcome ? 'rebuilds' : `is refused with ${outcome.status} ${outcome.name}`;
      const why = deviation === undefined ? 'as legacy Nova did' : `because ${deviation.because}`;
      test(`${recording.name} ${what}, ${why}`, async () => {
        const carries = 'rebuild' in outcome && carriesFiles(profile, outcome.rebuild);
        const { cloud, gateway } = between;
        cloud.received.length = 0;
        cloud.script(...(carries ? [shownServer] : []), rebuiltServer);
        const answer = await send(gateway, recording);
        if ('rebuild' in outcome) assertRebuilt(answer, cloud, outcome.rebuild, profile);
        else {
          assertRefused(answer, outcome, deviation === undefined ? recording.legacy.retryAfter : undefined);
          assert.equal(cloud.received.length, 0, 'requests that the cloud received');
        }
      });
    }
  });
}

test('every deviation of a request is one that a recording needs', { skip: noRecordings }, () => {
  assertAllNeeded(requestDeviations, new Map(all.map((recording) => [recording.name, recordedOutcome(recording)])));
});

function send({ url }: TestGateway, { input, input_base64: bytes }: Recording): Promise<TestAnswer> {
  const body = bytes === undefined ? Buffer.from(input ?? '') : Buffer.from(bytes, 'base64');
  return call(url, { path, headers: { 'Content-Type': 'application/xml', Accept: 'application/xml' }, body });
}

function assertRebuilt(
  answer: TestAnswer,
  cloud: ScriptedCloud,
  rebuild: Readonly<Record<string, unknown>>,
  profile: Profile,
): void {
  assert.equal(answer.status, 202, answer.body);
  assert.equal(answer.headers['content-type'], 'application/xml');
  assert.equal(readDocument(answer.headers['content-type'], answer.body).root, 'server');
  const action = cloud.received.at(-1);
  assert.ok(action);
  assert.deepEqual(readModernBody(action.body), modernBodies[profile](rebuild));
  const carries = carriesFiles(profile, rebuild);
  assert.deepEqual(
    cloud.received.map(({ method }) => method),
    carries ? ['GET', 'POST'] : ['POST'],
  );
  assert.equal(action.headers['openstack-api-version'], `compute ${carries ? '2.57' : '2.1'}`);
  const notes = (answer.headers['gateway-translation'] ?? '').split(', ');
  for (const note of translationNotes(profile, rebuild)) assert.ok(notes.includes(note), `${note} of ${notes.join()}`);
}

function assertRefused(
  answer: TestAnswer,
  { status, name, says }: Exclude<Outcome, { rebuild: unknown }>,
  retryAfter: string | undefined,
): void {
  const fault = readDocument(answer.headers['content-type'], answer.body);
  assert.deepEqual({ status: answer.status, name: fault.root }, { status, name }, answer.body);
  // Legacy Nova's quotas, which have Retry-After, were no faults of the API itself: no charset (legacy-xml.md 1.3).
  const charset = retryAfter === undefined ? '; charset=UTF-8' : '';
  assert.equal(answer.headers['content-type'], `application/xml${charset}`);
  assert.ok(fault.message.startsWith(says), fault.message);
  assert.equal(answer.headers['retry-after'], retryAfter);
  assert.equal(fault.retryAfter, retryAfter ?? '');
}

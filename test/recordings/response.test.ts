import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertAllNeeded, type Deviations } from '../support/deviations.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { readDocument } from '../support/read-document.ts';
import { json } from '../support/rebuilt-server.ts';
import { withGateway } from '../support/recorded.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import { normalForm, rebuildAnswer, withoutExtensions } from './legacy-document.ts';

/** A server in JSON, and legacy Nova's XML of it; `lxmlDependent` where that XML was not well-formed. */
interface Recording {
  readonly name: string;
  readonly input: { readonly server: unknown };
  readonly output?: string;
  readonly lxmlDependent?: boolean;
}

const publicUrl = 'http://openstack.example.com';
const path = '/v2/openstack/servers/075e40fe-9f03-4652-ba8e-5f8e2547899a/action';
const request = '<rebuild imageRef="70a599e0-31e7-49b7-b260-868f441e862b"/>';
const all = recordings<Recording>('response');

const outputOf = (name: string): string => all.find((recording) => recording.name === name)?.output ?? '';

/** Other documents than the recorded ones. */
const deviations: Deviations<string> = {
  // Legacy Nova left OS-DCF:diskConfig out where no extension was loaded. Modern clouds always have it, and the rebuild
  // answer with it is recorded for the same server: legacy-xml.md 5.
  'all-extensions-none': {
    because: 'the disk config is part of the rebuild answer',
    instead: outputOf('all-extensions-rebuild'),
  },
};

/** Legacy Nova crashed over a server that is none; "A 2xx without a server, or not JSON: 502". */
const withoutServer = new Set(all.filter(({ input }) => input.server === null).map(({ name }) => name));

/** Characters that XML 1.0 forbids; lone surrogates match because of the u flag. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\uFFFE\uFFFF]|\p{Surrogate}/gu;
const isUnwritable = ({ input }: Recording): boolean =>
  [...textsOf(input)].some((text) => text.search(unwritable) !== -1);

describe('recorded answers of a cloud', { skip: noRecordings }, () => {
  const between = withGateway({ GATEWAY_PUBLIC_URL: publicUrl });
  const answered = ({ input }: Recording, accept: string): Promise<TestAnswer> => {
    between.cloud.script(json(202, input));
    return call(between.gateway.url, {
      path,
      headers: { 'Content-Type': 'application/xml', Accept: accept },
      body: request,
    });
  };

  for (const recording of all.filter(({ name }) => !withoutServer.has(name))) {
    const isRepaired = isUnwritable(recording);
    const deviation = deviations[recording.name];
    const what = isRepaired ? 'has U+FFFD for what XML cannot hold, and says so' : 'is what legacy Nova wrote';
    const why = deviation === undefined ? what : `differs, because ${deviation.because}`;
    test(`${recording.name} in XML ${why}`, async () => {
      const answer = await answered(recording, 'application/xml');
      assert.equal(answer.status, 202, answer.body);
      assert.equal(answer.headers['content-type'], 'application/xml');
      assert.equal(normalForm(answer.body), normalForm(expectedDocument(recording)));
      // "characters that XML cannot hold become U+FFFD, noted"
      assert.equal(/U\+FFFD/.test(answer.headers['warning'] ?? ''), isRepaired, answer.headers['warning']);
      assert.equal(answer.headers['gateway-translation'] !== undefined, isRepaired);
    });

    test(`${recording.name} in JSON keeps the members of a rebuild answer, and no others`, async () => {
      const answer = await answered(recording, 'application/json');
      assert.equal(answer.status, 202, answer.body);
      assert.equal(answer.headers['content-type'], 'application/json');
      const server: unknown = JSON.parse(atGateway(JSON.stringify(recording.input.server)));
      assert.deepEqual(JSON.parse(answer.body), { server: rebuildAnswer(server) });
    });
  }

  for (const recording of all.filter(({ name }) => withoutServer.has(name))) {
    for (const accept of ['application/xml', 'application/json']) {
      test(`${recording.name} is a fault for ${accept}: 502, not a crash`, async () => {
        const answer = await answered(recording, accept);
        assert.equal(answer.status, 502, answer.body);
        assert.equal(answer.headers['content-type'], `${accept}; charset=UTF-8`);
        assert.equal(readDocument(accept, answer.body).root, 'computeFault');
      });
    }
  }

  test('every deviation of an answer is one that a recording needs', () => {
    assertAllNeeded(deviations, new Map(all.map(({ name, output = '' }) => [name, output])));
  });
});

/** "Every link and Location points at the gateway": the samples' other hosts become the gateway's. */
function atGateway(document: string): string {
  return document.replaceAll('https://xxx/', `${publicUrl}/`);
}

function expectedDocument({ input, name, output: recorded }: Recording): string {
  const output = deviations[name]?.instead ?? recorded;
  if (output !== undefined) return atGateway(withoutExtensions(output)).replace(unwritable, '\uFFFD');
  // Legacy Nova crashed. The servers of these recordings differ from the sample in one item of metadata only.
  // The comparison would fail if such a recording differed in anything else.
  const { metadata } = input.server as { readonly metadata: Readonly<Record<string, string>> };
  const items = Object.entries(metadata).map(([key, value]) => `<meta key="${key}">${value}</meta>`);
  return outputOf('doc-sample').replace(/<meta .*<\/meta>/, items.join('').replace(unwritable, '\uFFFD'));
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* textsOf(item);
}

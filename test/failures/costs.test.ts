import assert from 'node:assert/strict';
import { test } from 'node:test';
import { negotiate } from '../../src/media/negotiate.ts';
import { formats } from '../../src/schema/formats.ts';
import { MalformedXml } from '../../src/xml/malformed-xml.ts';
import { parseXml } from '../../src/xml/parse.ts';

/** Far more than a linear reading takes, far less than a quadratic one. */
const patienceMs = 300;

const documents: Readonly<Record<string, () => unknown>> = {
  'an imageRef of 100,000 slashes': () => formats.imageId.normalize(`${'/'.repeat(100_000)}x`),
  'a document of 1000 processing instructions': () => parseXml(Buffer.from(`<a>${'<?a?>b'.repeat(1000)}</a>`)),
  'a document of 20,000 elements': () => parseXml(Buffer.from(`<a>${'<b/>'.repeat(20_000)}</a>`)),
  'an Accept of 16,000 quotes': () =>
    negotiate({ suffix: undefined, accept: '\\"'.repeat(8000), own: undefined, fallback: 'caller' }),
};

for (const [title, read] of Object.entries(documents)) {
  test(`${title} costs no more than its length`, () => {
    const startedAt = performance.now();
    read();
    const took = performance.now() - startedAt;
    assert.ok(took < patienceMs, `${took} ms`);
  });
}

test('a document of more than 1000 processing instructions is refused', () => {
  assert.throws(() => parseXml(Buffer.from(`<a>${'<?a?>'.repeat(1001)}</a>`)), MalformedXml);
});

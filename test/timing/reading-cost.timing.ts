import assert from 'node:assert/strict';
import { operations } from '../../src/compute/operations/operations.ts';
import { createRouter } from '../../src/http/translate/router.ts';
import { negotiate } from '../../src/media/negotiate.ts';
import { formats } from '../../src/schema/formats.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { fromText } from '../../src/schema/read/scalars.ts';
import { datetime } from '../../src/schema/words.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { measured } from './measured.ts';

/** Far more than linear reading takes, far less than quadratic reading, in milliseconds. */
const mostMs = 300;

const route = createRouter(operations);

const documents: Readonly<Record<string, () => unknown>> = {
  'an imageRef of 100,000 slashes': () => formats.imageId.normalize(`${'/'.repeat(100_000)}x`),
  'a document of 1000 processing instructions': () => parseXml(Buffer.from(`<a>${'<?a?>b'.repeat(1000)}</a>`)),
  'a time of 100,000 digits': () =>
    fromText(datetime({ withOffset: true }), `2013-01-01T00:00:00.${'1'.repeat(100_000)}`, '', freshReading()),
  'a document of 20,000 elements': () => parseXml(Buffer.from(`<a>${'<b/>'.repeat(20_000)}</a>`)),
  'an Accept of 16,000 quotes': () =>
    negotiate({ suffix: undefined, accept: '\\"'.repeat(8000), own: undefined, fallback: 'caller' }),
  'a path of 60,000 slashes': () => route('POST', `/${'/'.repeat(60_000)}v2/p/servers/s/actio`),
  'a path of long segments': () => route('POST', `/v2/${'a'.repeat(30_000)}/servers/${'.'.repeat(30_000)}/action.`),
  'a path that ends with 60,000 slashes': () => route('POST', `/v2/p${'/'.repeat(60_000)}`),
};

for (const [title, read] of Object.entries(documents)) {
  measured(`${title} costs no more than its length`, () => {
    const startedAt = performance.now();
    read();
    const took = performance.now() - startedAt;
    assert.ok(took < mostMs, `${took} ms`);
  });
}

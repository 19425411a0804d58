import assert from 'node:assert/strict';
import { exactNumber, parseExactly } from '../../src/schema/exact-json.ts';
import { measured } from './measured.ts';

const long = 1_000_000;
const costly: Readonly<Record<string, string>> = {
  'servers, of which one has an exact number': JSON.stringify({
    exact: exactNumber('1.0'),
    servers: Array.from({ length: 10_000 }, (_, id) => ({ id, addr: '10.0.0.10', text: 'x'.repeat(100) })),
  }),
  'short numbers': `[${'1,'.repeat(long)}1]`,
  'one number of many digits': `[${'1'.repeat(long)}]`,
  'one number of many decimals': `[0.${'0'.repeat(long)}1]`,
  'a text of digits': JSON.stringify('1'.repeat(long)),
  'a text of what almost is a number': JSON.stringify(': -'.repeat(long)),
  'a text of the starts of numbers': JSON.stringify(':1.'.repeat(long)),
  'white space': `[${' '.repeat(long)}1.0]`,
};

for (const [title, text] of Object.entries(costly)) {
  measured(`${title} take no longer for their number`, () => {
    const startedAt = performance.now();
    parseExactly(text);
    assert.ok(performance.now() - startedAt < 2000);
  });
}

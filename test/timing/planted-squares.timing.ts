// Guards: slowest-texts.ts and hostile-texts.ts, which must find what they are for.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../promises/random.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { answerFields, pages, texts } from './clouds/vocabularies.ts';
import { costOfText, type Target } from './slowest-texts.ts';

const most = 65_536;
const count = 400;
const seeds = [1, 2, 3];

/** Work of the kinds that once held the event loop: each costs the square of the length of some text. */
const planted: readonly Target[] = [
  {
    name: 'a search for the end of a text from each of its places',
    vocabulary: texts([
      ['', ''],
      ['', 'x'],
    ]),
    most,
    prepare: (text) => () => text.replace(/[^/]*\/*$/, ''),
  },
  {
    name: 'spaces before an end that is not there',
    vocabulary: answerFields,
    most,
    prepare: (text) => () => text.replace(/\s+$/, ''),
  },
  {
    name: 'names that are searched among all earlier ones',
    vocabulary: answerFields,
    most,
    prepare: (text) => () => {
      const names: string[] = [];
      for (const name of text.split(',')) if (!names.includes(name)) names.push(name);
    },
  },
  {
    name: 'tags whose end is searched to the end of the page',
    vocabulary: pages,
    most,
    prepare: (text) => () => text.replace(/<!--[^]*?-->/g, ''),
  },
];

/** Work that costs no more than the length, on the same words. */
const linear: Target = {
  name: 'a copy of each character',
  vocabulary: pages,
  most,
  prepare: (text) => () => Array.from(text).join(''),
};

/** Search until the first fault, because what costs a square takes long. */
async function firstFault(target: Target, seed: number, texts = count): Promise<string | undefined> {
  let left = texts;
  for (const text of hostileTexts(target.vocabulary, createRandom(seed))) {
    const { fault } = await costOfText(target, text);
    left -= 1;
    if (fault !== undefined || left === 0) return fault;
  }
  return undefined;
}

describe('the generator finds what holds the event loop, whatever its seed', () => {
  for (const target of planted) {
    test(target.name, async () => {
      for (const seed of seeds) assert.notEqual(await firstFault(target, seed), undefined, `seed ${seed}`);
    });
  }

  test('and it finds nothing in linear work', async () => {
    for (const seed of seeds) assert.equal(await firstFault(linear, seed, 100), undefined, `seed ${seed}`);
  });
});

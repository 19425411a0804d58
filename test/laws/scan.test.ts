import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { xml } from '../../src/media/xml.ts';
import { scanXml } from '../../src/xml/scan/scan.ts';
import { mutated, mutations } from '../promises/mutations.ts';
import { fateOf } from '../xml/agreement.ts';
import { inXml, valuesOf } from './arbitrary.ts';
import { holds, messages } from './law.ts';
import { spell, spellPlainly } from './spelling.ts';
import { anyText } from './texts.ts';
import { treesOf } from './tree.ts';
import { write } from '../support/write.ts';

const plainNames = ['a', 'meta.x', '_-9', 'constructor', '__proto__'];

for (const { title, message, share } of messages) {
  test(`every plain spelling of ${title} is scanned to its tree`, () => {
    holds(
      100 * share,
      fc.property(treesOf(message, plainNames), fc.gen(), (tree, choose) => {
        assert.deepEqual(scanXml(Buffer.from(spellPlainly(tree, choose))), tree);
      }),
    );
  });

  test(`every spelling of ${title} is scanned to the tree that is parsed, or not scanned`, () => {
    holds(
      100 * share,
      fc.property(treesOf(message), fc.gen(), mutations, (tree, choose, changes) => {
        const [anyhow, plainly] = [spell(tree, choose), spellPlainly(tree, choose)].map((text) => Buffer.from(text));
        for (const bytes of [anyhow, plainly]) {
          assert.ok(bytes);
          assert.notEqual(fateOf(bytes), 'refused');
          fateOf(mutated(bytes, changes));
        }
      }),
    );
  });

  test(`${title} as the writer prints it is scanned to the tree that is parsed, or not scanned`, () => {
    holds(
      100 * share,
      fc.property(valuesOf(message.content, inXml), mutations, (value, changes) => {
        const bytes = Buffer.from(write(xml, message, value).document);
        assert.notEqual(fateOf(bytes), 'refused');
        fateOf(mutated(bytes, changes));
      }),
    );
  });
}

/** Pieces of plain documents, and some that are not plain. */
const pieces = fc.oneof(
  { arbitrary: fc.constantFrom('<a>', '</a>', '<a', ' b="', '"', "'", '/>', '>', '<p:a/>', 'x', ' ', '\n'), weight: 6 },
  { arbitrary: fc.constantFrom(' xmlns:p="urn:p"', ' xmlns="http://h/"', ' p:b=""', ' b=""', '=', ':'), weight: 3 },
  { arbitrary: fc.constantFrom('&#', 'x41;', '&amp;', '&', ';', ']]>', '\r', '\t', 'é', '\uFEFF', '\0'), weight: 2 },
  { arbitrary: fc.constantFrom('<!--', '-->', '<![CDATA[', '<?pi ', '?>', '<!DOCTYPE a>', '</'), weight: 1 },
);

test('a document of any pieces is scanned to the tree that is parsed, or not scanned', () => {
  holds(
    8000,
    fc.property(fc.boolean(), fc.array(pieces, { maxLength: 12 }), (isDeclared, parts) => {
      fateOf((isDeclared ? '<?xml version="1.0"?>' : '') + parts.join(''));
      fateOf(`<a xmlns:p="urn:p">${parts.join('')}</a>`);
      fateOf(`<a${parts.join('')}/>`);
    }),
  );
});

test('an element with any text and value is scanned to the tree that is parsed, or not scanned', () => {
  holds(
    3000,
    fc.property(anyText, anyText, (text, value) => {
      fateOf(`<a b="${value}">${text}</a>`);
    }),
  );
});

const plainUris = fc.stringMatching(
  /^(?:https?:\/\/[A-Za-z0-9.-]{1,9}(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~-]{0,4}){0,4}|urn:[A-Za-z0-9.:-]{1,9})$/,
);

test('a namespace with any plain URI is scanned and parsed', () => {
  holds(
    3000,
    fc.property(plainUris, (uri) => {
      assert.equal(fateOf(`<p:a xmlns:p="${uri}" p:b="1"/>`), 'scanned');
      assert.equal(fateOf(`<a xmlns="${uri}" xmlns:p="urn:other"/>`), uri === 'urn:other' ? 'parsed' : 'scanned');
    }),
  );
});

test('every character of the first plane in a text, a value or a name is scanned to the tree that is parsed, or not scanned', () => {
  for (let code = 0; code <= 0xffff; code += 1) {
    const unit = String.fromCharCode(code);
    fateOf(`<a b="${unit}">${unit}</a>`);
    if (code < 0x400)
      for (const document of [`<${unit}/>`, `<a${unit}/>`, `<a ${unit}="1"/>`, `<a b${unit}=""/>`]) fateOf(document);
  }
});

test('every numbered reference is resolved as the strict parser resolves it', () => {
  for (let code = 0; code <= 0x400; code += 1) fateOf(`<a b="&#${code};">&#x${code.toString(16)};</a>`);
  for (const code of [
    0xd7ff, 0xd800, 0xdfff, 0xe000, 0xfeff, 0xfffd, 0xfffe, 0xffff, 0x10000, 0x1fffe, 0x10ffff, 0x110000,
  ])
    for (const number of [code, `x${code.toString(16)}`, `x${code.toString(16).toUpperCase()}`])
      fateOf(`<a>x&#${number};y</a>`);
});

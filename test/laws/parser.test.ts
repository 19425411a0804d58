import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { xml } from '../../src/media/xml.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { inXml, valuesOf } from './arbitrary.ts';
import { holds, messages } from './law.ts';
import { secondOpinion } from './second-opinion.ts';
import { spell } from './spelling.ts';
import { plainName } from './texts.ts';
import { strangers, treesOf } from './tree.ts';
import { write } from '../support/write.ts';

for (const { title, message, share } of messages) {
  test(`every spelling of ${title} gives the same tree`, () => {
    holds(
      200 * share,
      fc.property(treesOf(message), fc.gen(), (tree, choose) => {
        assert.deepEqual(parseXml(Buffer.from(spell(tree, choose))), tree);
      }),
    );
  });

  test(`every spelling of ${title} gives the tree that fast-xml-parser reads`, () => {
    holds(
      200 * share,
      // fast-xml-parser refuses names such as constructor.
      fc.property(treesOf(message, strangers), fc.gen(), (tree, choose) => {
        const document = spell(tree, choose);
        assert.deepEqual(parseXml(Buffer.from(document)), secondOpinion(document));
      }),
    );
  });

  test(`${title} as the writer prints it gives the tree that fast-xml-parser reads`, () => {
    holds(
      200 * share,
      // fast-xml-parser refuses names such as constructor.
      fc.property(valuesOf(message.content, { ...inXml, name: plainName }), (value) => {
        const { document } = write(xml, message, value);
        assert.deepEqual(parseXml(Buffer.from(document)), secondOpinion(document));
      }),
    );
  });

  test(`${title} gives the same tree in UTF-16 as in UTF-8`, () => {
    holds(
      100 * share,
      fc.property(treesOf(message), fc.gen(), (tree, choose) => {
        const document = spell(tree, choose).replace(/^<\?xml[^>]*>/, '');
        assert.deepEqual(parseXml(Buffer.from(`\uFEFF${document}`, 'utf16le')), tree);
        assert.deepEqual(parseXml(Buffer.from(`\uFEFF${document}`, 'utf16le').swap16()), tree);
      }),
    );
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentsOf, files } from './sources.ts';

const directive =
  /\b(?:oxlint|eslint)-disable(?:-next-line|-line)? (?<rules>[\w/, -]+?)(?: -- (?<reason>.*?))?(?:\s*\*\/)?$/;

test('each rule that a comment switches off is named, with a reason', () => {
  for (const file of files.filter((each) => each.endsWith('.ts'))) {
    for (const comment of commentsOf(file)) {
      if (!/\b(?:ox|es)lint-disable/.test(comment)) continue;
      const { rules = '', reason = '' } = directive.exec(comment)?.groups ?? {};
      assert.match(reason, /^\w.* .* /, `${file}: ${comment}`);
      assert.doesNotMatch(rules, /complexity|no-explicit-any|no-non-null/, `${file}: no reason is enough for ${rules}`);
    }
  }
});

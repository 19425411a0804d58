// Guards: quotations/ and redact-message.ts. Without undoEscapes, HTML in JSON, URLs, ascii() and JSON in JSON are shown.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { redactMessage } from '../../../src/upstream/faults/redact-message.ts';
import { cloudFault } from '../../../src/upstream/faults/cloud-fault.ts';
import { createRandom } from '../../promises/random.ts';
import { escaped, last } from './spellings.ts';

const core = 'Seekr3tPa55w0rd';
const passwords: Readonly<Record<string, string>> = {
  plain: core,
  'with quotes': `it's "${core}" 'x'`,
  'with backslashes': `C:\\new\\${core}\\`,
  'with markup': `<b>&${core}&amp;</b>`,
  'that looks like escapes': `%41\\u0041&lt;${core}%`,
  'with control characters': `\u0001\t\n${core}\u007f`,
  'that is not ASCII': `p\u00e4ss ${core}\u20ac\u00a0\u{1f511}`,
  'with other signs': `+=/?;:@#$ ${core} !*~`,
};

const before = 'Invalid input for field rebuild. Value: ';
const after = '. It is not valid.';

/** Check that of a quotation nothing is shown by which a secret could be known. */
function assertMasked(quoted: string, secret: string, how: string): void {
  const shown = redactMessage(`${before}${quoted}${after}`, [secret, 'a-token-of-the-caller']);
  // A message that cannot be read is not shown at all.
  if (shown === '') return;
  assert.ok(shown.startsWith('Invalid input for field'), `${how}: ${shown}`);
  const rest = shown.slice(before.length).replaceAll('***', '');
  const lower = rest.toLowerCase();
  for (let at = 0; at + 5 <= core.length; at += 1) {
    const part = core.toLowerCase().slice(at, at + 5);
    assert.ok(!lower.includes(part), `${how}: ${shown}`);
    assert.ok(!lower.includes(Buffer.from(part).toString('hex')), `${how}: ${shown}`);
  }
  assert.ok(shown.includes('***'), `${how}: ${shown}`);
}

const all = { ...escaped, ...last };

describe('no spelling of a password in the message of a cloud is shown', () => {
  for (const [what, secret] of Object.entries(passwords)) {
    test(`a password ${what}, in each of ${Object.keys(all).length} notations`, () => {
      for (const [how, spell] of Object.entries(all)) assertMasked(spell(secret), secret, how);
    });

    test(`a password ${what}, in each of two notations in one another`, () => {
      for (const [inside, spell] of Object.entries(escaped)) {
        for (const [outside, spellAgain] of Object.entries(escaped))
          assertMasked(spellAgain(spell(secret)), secret, `${inside} in ${outside}`);
      }
      for (const [inside, spell] of Object.entries(last)) {
        for (const [outside, spellAgain] of Object.entries(escaped))
          assertMasked(spellAgain(spell(secret)), secret, `${inside} in ${outside}`);
      }
    });
  }

  test('in three and four notations of chance', () => {
    const random = createRandom(20_261_130);
    const [first, ...others] = Object.entries(escaped);
    assert.ok(first !== undefined);
    for (let n = 0; n < 2000; n += 1) {
      const chosen = Array.from({ length: random.between(3, 4) }, () => random.pick([first, ...others]));
      const secret = Object.values(passwords)[random.between(0, 7)] ?? core;
      const quoted = chosen.reduce((text, [, spell]) => spell(text), secret);
      // Only the beginning of a message is searched, and shown.
      if (quoted.length < 3000) assertMasked(quoted, secret, chosen.map(([how]) => how).join(' in '));
    }
  });

  test('cut off at either end, or in the middle', () => {
    for (const quoted of [core.slice(0, 9), core.slice(3), `${core.slice(0, 8)}...${core.slice(-8)}`])
      assert.doesNotMatch(redactMessage(`Value: ${quoted}`, [core]), /seek|kr3t|a55w|w0rd/i);
  });

  test('many secrets are masked as one', () => {
    const secrets = Array.from({ length: 200 }, (_, n) => `secret number ${n} of many`);
    const shown = redactMessage(
      secrets
        .slice(0, 40)
        .map((secret) => JSON.stringify(secret))
        .join(', '),
      secrets,
    );
    assert.doesNotMatch(shown, /secret|number|many/);
  });
});

test('a message whose escapes have too many layers is not shown', () => {
  const layers = `%${'25'.repeat(20)}41`;
  assert.equal(redactMessage(`Value: ${layers}`, [core]), '');
  const body = Buffer.from(JSON.stringify({ badRequest: { message: `Value: ${layers}` } }));
  const { message } = cloudFault({ status: 400, headers: {}, body }, [core]);
  assert.match(message, /^The server could not comply/);
});

test('a message that quotes no secret keeps its escapes', () => {
  const message = "Invalid: 'a\\u00e4b' &lt;x&gt; 100%25 C:\\new\\table";
  assert.equal(redactMessage(message, [core, 'abc', 'x1']), message);
});

test('a secret of one to three characters is masked where it stands as a word, and one of four everywhere', () => {
  assert.equal(redactMessage("bad 'ab', abc, &quot;ab&quot;", ['ab']), "bad '***', abc, &quot;***&quot;");
  assert.equal(redactMessage('root, rooted', ['root']), '***, ***ed');
});

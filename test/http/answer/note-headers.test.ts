import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, test } from 'node:test';
import { setNoteHeaders } from '../../../src/http/answer/note-headers.ts';
import { dropped, type Note } from '../../../src/upstream/note.ts';

/** The two headers that notes become. */
function headersOf(notes: readonly Note[], most = 20): { translation: string | undefined; warnings: string[] } {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  setNoteHeaders(response, notes, most);
  const [translation, warnings] = [response.getHeader('Gateway-Translation'), response.getHeader('Warning')];
  return {
    translation: translation === undefined ? undefined : String(translation),
    warnings: Array.isArray(warnings) ? warnings : [],
  };
}

const only = (member: string): string | undefined => headersOf([dropped(member, 'x')]).translation;

describe('notes become headers', () => {
  test('none for no notes', () => {
    assert.deepEqual(headersOf([]), { translation: undefined, warnings: [] });
  });

  test('as the issue writes them', () => {
    const notes: Note[] = [
      dropped('accessIPv4', 'this cloud has no such setting'),
      { member: 'personality', outcome: 'mapped', to: 'user_data', text: 'personality was mapped to user_data' },
    ];
    assert.deepEqual(headersOf(notes), {
      translation: 'accessIPv4;dropped, personality;mapped="user_data"',
      warnings: [
        '299 - "accessIPv4 was dropped: this cloud has no such setting"',
        '299 - "personality was mapped to user_data"',
      ],
    });
  });

  const items: Readonly<Record<string, string>> = {
    'OS-DCF:diskConfig': 'OS-DCF:diskConfig',
    preserve_ephemeral: 'preserve_ephemeral',
    'personality.0.mode': 'personality.0.mode',
    '*': '*',
    'a/b': 'a/b',
    '0member': '"0member"',
    'with space': '"with space"',
    'with,comma': '"with,comma"',
    'with;semicolon': '"with;semicolon"',
    'a"b\\c': '"a\\"b\\\\c"',
    '': '""',
    'caf\u00e9': '%"caf%c3%a9"',
    '\u00e9"%\\': '%"%c3%a9%22%25\\"',
    'a\r\nX-Evil: 1': '%"a%0d%0aX-Evil: 1"',
    '\u{1f511}': '%"%f0%9f%94%91"',
    '\u007f': '%"%7f"',
  };
  for (const [member, expected] of Object.entries(items)) {
    test(`${JSON.stringify(member)} is the item ${expected} (RFC 9651)`, () => {
      assert.equal(only(member), `${expected};dropped`);
    });
  }

  test('a name over 64 characters is cut, in both headers', () => {
    const { translation, warnings } = headersOf([dropped('m'.repeat(5000), 'x')]);
    assert.equal(translation, `${'m'.repeat(64)};dropped`);
    assert.ok((warnings[0] ?? '').length < 200, `${warnings[0]?.length} characters`);
  });

  test('a cut in the middle of a character leaves a valid string', () => {
    const item = only(`${'m'.repeat(63)}\u{1f511}`) ?? '';
    const encoded = /^%"(.*)";dropped$/.exec(item)?.[1] ?? '';
    assert.doesNotThrow(() => decodeURIComponent(encoded), item);
  });

  test('what is over the cap is counted in one more', () => {
    const notes = Array.from({ length: 25 }, (_, n) => dropped(`m${n}`, 'x'));
    const { translation, warnings } = headersOf(notes, 20);
    assert.equal(translation?.split(', ').length, 21);
    assert.match(translation, /, more;count=5$/);
    assert.equal(warnings.length, 21);
    assert.match(warnings.at(-1) ?? '', /^299 - "5 more/);
    assert.doesNotMatch(headersOf(notes.slice(0, 20), 20).translation ?? '', /more/);
  });

  test('a warning holds no quote, backslash or line break that would end it', () => {
    const [warning = ''] = headersOf([{ member: 'a', outcome: 'dropped', text: 'a"b\\c\r\nX: \u00e9' }]).warnings;
    assert.equal(warning, '299 - "a\\"b\\\\c??X: ?"');
  });
});

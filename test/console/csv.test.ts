import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf } from '../../src/console/table/csv.ts';

test('a table is a header and a line for each row, with the quotes of RFC 4180', () => {
  const rows = [
    { name: 'plain', value: 1, list: ['a', 'b'], none: null },
    { name: 'a "quoted", one', value: -2, list: [], none: undefined },
    { name: 'two\r\nlines', value: true, list: { a: 1 }, none: '' },
  ];
  assert.equal(
    csvOf(rows),
    'name,value,list,none\r\nplain,1,a b,\r\n"a ""quoted"", one",-2,,\r\n"two\r\nlines",true,"{""a"":1}",\r\n',
  );
});

test('a text that a spreadsheet would take for a formula is none, and a number stays one', () => {
  for (const text of ['=1+1', '+1', '-1', '@sum', '\tx']) assert.equal(csvOf([{ text }]).split('\r\n')[1], `'${text}`);
  assert.equal(csvOf([{ list: ['=1', 'b'] }]).split('\r\n')[1], "'=1 b");
  assert.equal(csvOf([{ number: -1 }]).split('\r\n')[1], '-1');
});

test('the page Live writes the same CSV as the gateway', async () => {
  // The files of the console are checked by a project of their own.
  const file = new URL('../../console/tables/csv.js', import.meta.url).href;
  const { csvOf: csvOfPage } = (await import(file)) as { readonly csvOf: typeof csvOf };
  const texts = ['=1+1', '-', 'a, "b"', 'two\nlines', '', null, undefined, 0, -1, true, ['=x', 'y'], { a: ',' }];
  const rows = texts.map((value, index) => (index % 2 === 0 ? { value } : { other: value, value: index }));
  assert.equal(csvOfPage(rows), csvOf(rows));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printSkeleton } from '../../src/xml/skeleton.ts';
import { parse } from './refusal.ts';

const compute = 'http://docs.openstack.org/compute/api/v1.1';
const atom = 'http://www.w3.org/2005/Atom';

test('a skeleton is a start tag without its closing bracket', () => {
  assert.equal(printSkeleton('server', [['', compute]]), `<server xmlns="${compute}"`);
  assert.equal(printSkeleton('keypair', []), '<keypair');
});

test('a skeleton declares every namespace once, used or not', () => {
  const start = printSkeleton('server', [
    ['OS-DCF', 'urn:disk'],
    ['atom', atom],
    ['', compute],
  ]);
  for (const declared of [`xmlns="${compute}"`, `xmlns:atom="${atom}"`, 'xmlns:OS-DCF="urn:disk"'])
    assert.equal(start.split(declared).length, 2, start);
  assert.match(start, /^<server /);
});

test('a closed skeleton is a document in which every prefix may be used', () => {
  const start = printSkeleton('server', [
    ['atom', atom],
    ['', compute],
  ]);
  assert.equal(parse(`${start} id="1"><atom:link href="x"/></server>`).children[0]?.prefix, 'atom');
});

test('a namespace is escaped', () => {
  assert.equal(parse(`${printSkeleton('a', [['', 'urn:a?b&c']])}/>`).name, 'a');
});

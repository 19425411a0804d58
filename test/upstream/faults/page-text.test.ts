import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageText } from '../../../src/upstream/faults/page-text.ts';

const webob = `<html>
 <head>
  <title>404 Not Found</title>
 </head>
 <body>
  <h1>404 Not Found</h1>
  The resource could not be found.<br /><br />
\n\n
 </body>
</html>`;

const pages: readonly (readonly [string, string, string])[] = [
  ['a page of webob', webob, '404 Not Found The resource could not be found.'],
  [
    'the HTML that webob puts into JSON',
    'The resource could not be found.<br /><br />\n\n\n',
    'The resource could not be found.',
  ],
  ['a page with a doctype', '<!DOCTYPE html>\n<html><body><p>Down</p></body></html>', 'Down'],
  [
    'a fault in XML',
    '<?xml version="1.0"?><badRequest code="400"><message>No &amp; no</message></badRequest>',
    'No & no',
  ],
  [
    'unclosed tags of HTML',
    '<center><h1>502 Bad Gateway</h1></center>\n<hr><center>nginx</center>',
    '502 Bad Gateway nginx',
  ],
  ['scripts and styles', '<html><style>p{a:b}</style><body>x<script>if (1) y()</script></body></html>', 'x'],
  ['a head in capitals', '<HTML><HEAD><TITLE>t</TITLE></HEAD><BODY>x</BODY></HTML>', 'x'],
  ['references', '<p>it&#39;s &lt;b&gt; &quot;x&quot;</p>', 'it\'s <b> "x"'],
  ['plain text', '  Service\n\n unavailable\t', 'Service unavailable'],
  ['numbers that are text', '<p>007</p><p>1e3</p>', '007 1e3'],
  ['an ampersand that is none of an entity', 'AT&T is down', 'AT&T is down'],
  ['nothing', '', ''],
  ['white space', ' \n ', ''],
  ['comments', '<p>a<!-- secret -->b</p>', 'ab'],
];

for (const [title, page, words] of pages) {
  test(`the text of ${title} is extracted`, () => assert.equal(pageText(page), words));
}

test('the text is one line', () => {
  assert.equal(pageText(`<p>${'word\n'.repeat(3)}</p>`), 'word word word');
});

test('malformed pages give a text or none, and no error', () => {
  for (const rubbish of [
    '<',
    '</',
    '<<<>>>',
    '&',
    '&#xFFFFFFFF;',
    '<a',
    '<constructor/>',
    '<p>'.repeat(5000),
    '<![CDATA[',
    '\0<\uFFFF',
  ])
    assert.equal(typeof pageText(rubbish), 'string');
});

test('entities that a page declares are not expanded', () => {
  const page = '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;&b;</p>';
  assert.doesNotMatch(pageText(page), /aaaaaaaaaa(aaaaaaaaaa)/);
});

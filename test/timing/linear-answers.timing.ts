import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { operations } from '../../src/compute/operations/operations.ts';
import { createRouter } from '../../src/http/translate/router.ts';
import { json } from '../../src/media/json.ts';
import { negotiate } from '../../src/media/negotiate.ts';
import { xml } from '../../src/media/xml.ts';
import { parseExactly } from '../../src/schema/exact-json.ts';
import { secretsOf } from '../../src/schema/redact.ts';
import { cloudFault } from '../../src/upstream/faults/cloud-fault.ts';
import { dropped } from '../../src/upstream/note.ts';
import { redactMessage } from '../../src/upstream/faults/redact-message.ts';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setNoteHeaders } from '../../src/http/answer/note-headers.ts';
import { pageText } from '../../src/upstream/faults/page-text.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { grows, messageOf } from './costs.ts';
import { write } from '../support/write.ts';

const createServer = messageOf('createServer', 'request');
const server = messageOf('showServer', 'answer');
const servers = messageOf('listServersDetail', 'answer');
const specs = messageOf('createExtraSpecs', 'request');

const texts: Readonly<Record<string, string>> = {
  plain: 'x',
  markup: '<&>"',
  'what XML cannot hold': '\0\uD800',
  spaces: ' \n',
  zeros: '.000000',
};
const inServer: Readonly<Record<string, (n: number) => unknown>> = {
  'a list of servers': (n) =>
    Array.from({ length: n / 100 }, (_, i) => ({ id: `s${i}`, name: 'n', metadata: { a: 'b' } })),
};

// Holds print-xml.ts, escape.ts, print-name.ts, slices.ts.
describe('writing XML and choosing members for JSON costs no more than the length', () => {
  for (const [what, text] of Object.entries(texts)) {
    grows(`a text of ${what}`, 12_000, (n) => {
      const value = { id: text.repeat(n), created: text.repeat(n), metadata: { [text.repeat(n)]: text.repeat(n) } };
      return () => [write(xml, server, value), write(json, server, value)];
    });
  }
  for (const [what, make] of Object.entries(inServer)) {
    grows(what, 20_000, (n) => {
      const value = { servers: make(n) };
      return () => [write(xml, servers, value), write(json, servers, value)];
    });
  }
  grows('metadata, networks and unknown members', 2500, (n) => {
    const entries = (value: unknown): unknown =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, value]));
    const value = {
      ...(entries(0) as object),
      metadata: entries('v'),
      addresses: entries([{ version: 4, addr: 'a' }]),
    };
    return () => [write(xml, server, value), write(json, server, value)];
  });
  grows('names that are none', 20_000, (n) => {
    const value = { [`1 ${'<:'.repeat(n)}`]: 'x', ['é'.repeat(n)]: 'x' };
    return () => write(xml, specs, value);
  });
});

const pages: Readonly<Record<string, string>> = {
  'DOCTYPEs without an end': '<!doctype',
  'declarations without an end': '<?xml',
  tags: '<b>x</b>',
  'tags that stay open': '<b>',
  'unpaired tags': '<br>',
  entities: '&amp;',
  signs: '&',
  'starts of tags': '<a ',
  comments: '<!--x-->',
  'comments without an end': '<!--',
  space: ' \n',
};

// Holds redact.ts, redact-message.ts, page-text.ts.
describe('finding and masking secrets costs no more than the length', () => {
  for (const [what, piece] of Object.entries(pages)) {
    grows(`a page of ${what}`, 2500, (n) => {
      const page = `<p>${piece.repeat(n)}`;
      return () => pageText(page);
    });
    grows(`a secret of ${what} in a message of them`, 2500, (n) => {
      const secret = piece.repeat(n);
      return () => redactMessage(`Invalid: ${secret}${secret.slice(0, -3)}`, [secret]);
    });
  }
  grows(
    'a secret that is nearly repeated',
    5000,
    (n) => () => redactMessage('aaaaaaaaaaaaaaaab'.repeat(n), ['a'.repeat(n)]),
  );
  grows('the secrets of a request', 5000, (n) => {
    const value = {
      personality: Array.from({ length: n }, () => ({ path: '/a', contents: 'eA==' })),
      adminPass: 'x'.repeat(n),
    };
    return () => secretsOf(createServer)(value);
  });
});

/** Nearly the largest size of an answer. */
const longest = 8_000_000;

// Holds longestPage of cloud-fault.ts: even in linear time, extracting the words of such a long page takes seconds.
describe('a fault of 8 MB that is full of tags has the text of its status at once', () => {
  for (const [what, piece] of Object.entries({
    breaks: '<br>',
    elements: '<a></a>',
    words: '<p>x</p>',
    entities: '&lt;',
  })) {
    const text = piece.repeat(longest / piece.length);
    for (const [where, type, body] of [
      ['a message', 'application/json', JSON.stringify({ title: 'x', message: text })],
      ['a page', 'text/html', `<html>${text}</html>`],
    ] as const) {
      test(`${where} of ${what}`, () => {
        const answer = { status: 400, headers: { 'content-type': type }, body: Buffer.from(body) };
        // Noise goes away when it is measured again, and seconds do not.
        const costs = Array.from({ length: 3 }, () => {
          const before = process.threadCpuUsage();
          const fault = cloudFault(answer, ['secret']);
          assert.equal(fault.status, 400);
          assert.ok(fault.message.length < 200, 'it quotes what is so long');
          const { user, system } = process.threadCpuUsage(before);
          return (user + system) / 1000;
        });
        assert.ok(Math.min(...costs) < 200, `${costs.map(Math.round).join(', ')} ms`);
      });
    }
  }
});

// Holds split-list.ts, negotiate.ts, router.ts: of headers there are 16 KiB.
describe('reading headers and paths costs no more than the length', () => {
  const route = createRouter(operations);
  const wish = { suffix: undefined, own: undefined, fallback: 'caller' } as const;
  for (const [what, piece] of Object.entries({
    ranges: 'a/b,',
    wildcards: '*/*,',
    quotes: '\\"',
    parameters: ';q=1',
    spaces: ' ',
  })) {
    grows(`an Accept of ${what}`, 2000, (n) => () => negotiate({ ...wish, accept: piece.repeat(n) }));
  }
  for (const [what, piece] of Object.entries({
    slashes: '/',
    segments: '/a',
    dots: '/..',
    escapes: '%2e',
    questions: '?',
  })) {
    grows(`a path of ${what}`, 3000, (n) => () => route('GET', `/v2/p${piece.repeat(n)}x`));
  }
  grows('JSON of a cloud', 20_000, (n) => {
    const text = `{"servers":[${'{"id":"a","progress":1.0},'.repeat(n / 20)}{}]}`;
    return () => parseExactly(text);
  });
  grows('a bare document', 5000, (n) => {
    const body = Buffer.from(`<a>${'<b c="d">e</b>'.repeat(n)}</a>`);
    return () => parseXml(body);
  });
});

// Holds note-headers.ts and note.ts: the number of notes that are written, and the length of a name, are limited.
describe('telling what was dropped costs no more than how much it is', () => {
  for (const [what, name] of Object.entries({ tokens: 'a', quotes: '"', 'no ASCII': 'é' })) {
    grows(`notes of ${what}`, 5000, (n) => () => {
      const notes = Array.from({ length: n }, (_, i) => dropped(`${name}${i}`, 'no such member is known'));
      setNoteHeaders(new ServerResponse(new IncomingMessage(new Socket())), notes, 20);
    });
    grows(`a note of a long name of ${what}`, 25_000, (n) => {
      const long = name.repeat(n);
      return () =>
        setNoteHeaders(new ServerResponse(new IncomingMessage(new Socket())), [dropped(long, 'no such member')], 20);
    });
  }
});

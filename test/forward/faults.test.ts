import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readDocument } from '../support/read-document.ts';
import { faultOf, media } from '../support/rebuild-call.ts';
import type { Scripted } from '../support/scripted-cloud.ts';
import { asked, forwarded } from './forwarded.ts';

/** A fault of a cloud, and what becomes of it. */
interface Told {
  readonly answer: Scripted;
  readonly status?: number;
  readonly title: string;
  readonly message: string;
}

const inJson = { 'Content-Type': 'application/json' } as const;
const inHtml = { 'Content-Type': 'text/html; charset=UTF-8' } as const;
const page = (title: string, words: string): string =>
  `<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n  <h1>${title}</h1>\n  ${words}<br /><br />\n\n\n\n </body>\n</html>`;
const notFound = { status: 404, title: 'itemNotFound', message: 'The resource could not be found.' };
const unexpected = 'The server has either erred or is incapable of performing the requested operation.';

const faults: Readonly<Record<string, Told>> = {
  'an unknown route, of webob in JSON': {
    ...notFound,
    message: 'The resource could not be found.',
    answer: {
      status: 404,
      headers: { 'Content-Type': 'application/json; charset=UTF-8' },
      body: '{"message": "The resource could not be found.<br /><br />\\n\\n\\n", "code": "404 Not Found", "title": "Not Found"}',
    },
  },
  'an unknown route, of webob in HTML': {
    ...notFound,
    answer: { status: 404, headers: inHtml, body: page('404 Not Found', 'The resource could not be found.') },
  },
  'an unknown route, of webob in plain text': {
    ...notFound,
    message: 'The resource could not be found.',
    answer: {
      status: 404,
      headers: { 'Content-Type': 'text/plain; charset=UTF-8' },
      body: '404 Not Found\n\nThe resource could not be found.\n\n   ',
    },
  },
  'a fault of Nova with a name that no legacy fault has': {
    answer: { status: 400, headers: inJson, body: '{"computeFault": {"code": 400, "message": "Bad <b> & \'c\'"}}' },
    title: 'badRequest',
    message: "Bad <b> & 'c'",
  },
  'a method that the route has not': {
    answer: { status: 405, headers: inHtml, body: page('405 Method Not Allowed', 'The method GET is not allowed.') },
    title: 'badMethod',
    message: 'The method GET is not allowed.',
  },
  'a conflict that another service words': {
    answer: { status: 409, headers: inJson, body: '{"errors": [{"status": 409, "detail": "It exists."}]}' },
    title: 'conflictingRequest',
    message: 'It exists.',
  },
  'a balancer that refuses the length': {
    answer: {
      status: 413,
      headers: inHtml,
      body: '<html>\r\n<head><title>413</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
    },
    title: 'overLimit',
    message: 'The body of your request was too large for this server.',
  },
  'a call that the cloud no longer has': {
    answer: { status: 410, headers: inJson, body: '{"computeFault": {"code": 410, "message": "It is gone."}}' },
    status: 501,
    title: 'notImplemented',
    message: 'It is gone.',
  },
  'a page of an error inside': {
    answer: { status: 500, headers: inHtml, body: page('500 Internal Server Error', 'Sorry.') },
    title: 'computeFault',
    message: 'Sorry.',
  },
  'a page of a bad gateway': {
    answer: { status: 502, headers: inHtml, body: '<html><body><h1>502 Bad Gateway</h1></body></html>' },
    title: 'computeFault',
    message: 'Bad gateway.',
  },
  'a page of a balancer without servers': {
    answer: {
      status: 503,
      headers: inHtml,
      body: '<html><body><h1>503 Service Unavailable</h1>\nNo server is available &amp; none will be.\n</body></html>\n',
    },
    title: 'serviceUnavailable',
    message: 'No server is available & none will be.',
  },
  'an empty body': { ...notFound, answer: { status: 404 }, message: 'The resource could not be found.' },
  'an empty body of 500': { answer: { status: 500 }, title: 'computeFault', message: unexpected },
  'JSON that is cut off': { answer: { status: 500, body: '{"computeFa' }, title: 'computeFault', message: unexpected },
  'bytes that are no text': {
    answer: { status: 500, headers: inJson, body: Buffer.from([0x7b, 0xff, 0xfe, 0x00]) },
    title: 'computeFault',
    message: unexpected,
  },
};

describe('a fault of the cloud on the forwarding road is a legacy fault in the type of the reply', () => {
  for (const medium of media) {
    for (const [what, { answer: said, status = said.status, title, message }] of Object.entries(faults)) {
      test(`to ${medium}: ${what}: ${status} ${title}`, async () => {
        const { answer, received } = await forwarded(asked(medium), said);
        const fault = faultOf(answer, medium);
        const told = medium === 'xml' ? readDocument(answer.headers['content-type'], answer.body) : fault;
        assert.deepEqual({ ...fault, message: told.message }, { status, title, message });
        assert.equal(answer.headers['content-length'], String(Buffer.byteLength(answer.body)));
        assert.equal(answer.headers['content-language'], undefined);
        assert.equal(received.length, 1, 'requests');
      });
    }

    for (const status of [400, 401, 403, 404, 409, 413, 429, 500, 503]) {
      test(`to ${medium}: ${status} keeps what it tells by its headers, but for Location`, async () => {
        const headers = {
          Location: 'http://127.0.0.1:1/elsewhere',
          'Retry-After': '7',
          'WWW-Authenticate': 'Keystone uri="http://k"',
          Allow: 'GET, HEAD',
          'X-Compute-Request-Id': 'req-1',
          'X-OpenStack-Request-ID': 'req-2',
          'Set-Cookie': ['a=1', 'b=2'],
          Connection: 'keep-alive, X-Named',
          'X-Named': 'hop',
        };
        const { answer, received } = await forwarded(asked(medium), { status, headers, body: 'said' });
        assert.equal(faultOf(answer, medium).status, status);
        assert.equal(faultOf(answer, medium).message, 'said');
        assert.equal(answer.headers['location'], undefined);
        assert.equal(answer.headers['retry-after'], '7');
        assert.equal(answer.headers['www-authenticate'], headers['WWW-Authenticate']);
        assert.equal(answer.headers['allow'], 'GET, HEAD');
        assert.equal(answer.headers['x-compute-request-id'], 'req-1');
        assert.equal(answer.headers['x-openstack-request-id'], 'req-2');
        assert.equal(answer.headers['set-cookie'], 'a=1,b=2');
        assert.equal(answer.headers['x-named'], undefined);
        const { retryAfter } = readDocument(answer.headers['content-type'], answer.body);
        assert.equal(retryAfter, status === 413 || status === 429 ? '7' : '', 'retryAfter in the document');
        assert.equal(received.length, 1, 'requests');
      });
    }

    test(`to ${medium}: the 401 of keystonemiddleware keeps its challenge`, async () => {
      const challenge = 'Keystone uri="http://keystone:5000"';
      const { answer } = await forwarded(asked(medium), {
        status: 401,
        headers: { ...inJson, 'WWW-Authenticate': challenge },
        body: '{"error": {"code": 401, "title": "Unauthorized", "message": "The request you have made requires authentication."}}',
      });
      assert.deepEqual(faultOf(answer, medium), {
        status: 401,
        title: 'unauthorized',
        message: 'The request you have made requires authentication.',
      });
      assert.equal(answer.headers['www-authenticate'], challenge);
    });

    test(`to ${medium}: the one id that a service gives is the id that Nova's callers look for`, async () => {
      const headers = { 'X-OpenStack-Request-ID': 'req-2', Vary: 'X-OpenStack-Nova-API-Version' };
      const { answer } = await forwarded(asked(medium), { status: 404, headers });
      assert.equal(answer.headers['x-compute-request-id'], 'req-2');
      assert.equal(answer.headers['vary'], 'X-OpenStack-Nova-API-Version, Accept');
    });

    test(`to ${medium}: a fault quotes no token of the caller's`, async () => {
      const request = asked(medium, { headers: { 'X-Auth-Token': 'SecretToken7f3a' } });
      const { answer } = await forwarded(request, { status: 401, body: 'The token SecretToken7f3a is old.' });
      assert.equal(faultOf(answer, medium).message, 'The token *** is old.');
    });

    test(`to ${medium}: a fault that the cloud compressed is one that can be read`, async () => {
      const { answer } = await forwarded(asked(medium, { headers: { 'Accept-Encoding': 'gzip' } }), {
        status: 404,
        headers: { ...inHtml, 'Content-Encoding': 'gzip' },
        body: gzipSync(page('404 Not Found', 'The resource could not be found.')),
      });
      assert.match(faultOf(answer, medium).message, /The resource could not be found\.$/);
      assert.equal(answer.status, 404);
      assert.equal(answer.headers['content-encoding'], undefined);
    });
  }

  test('the suffix .xml and the type of the body choose the type of the fault, as they do everywhere', async () => {
    const said = { status: 404, body: 'said' };
    const { answer } = await forwarded({ method: 'GET', path: '/v2/p/os-gadgets/1.xml' }, said);
    assert.equal(faultOf(answer, 'xml').message, 'said');
    const headers = { 'Content-Type': 'application/xml' };
    const second = await forwarded({ method: 'DELETE', path: '/v2/p/os-gadgets', headers }, said);
    assert.equal(faultOf(second.answer, 'xml').message, 'said');
  });
});

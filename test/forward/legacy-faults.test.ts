import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { call } from '../support/http.ts';
import { between } from '../support/forwarding.ts';
import { faultOf } from '../support/rebuild-call.ts';
import { asked, forwarded, path } from './forwarded.ts';

const headers = { 'Content-Type': 'application/json; charset=utf-8', 'X-Compute-Request-Id': 'req-1' };

describe('JSON that is a legacy fault passes to callers of JSON with its bytes', () => {
  const faults: Readonly<Record<string, readonly [number, string]>> = {
    'as Nova writes it': [404, '{"itemNotFound": {"code": 404, "message": "Agent 7 could not be found."}}'],
    'with white space': [409, '\n{ "conflictingRequest":\t{"message": "\\u20ac", "code": 409} }\n'],
    'with more than a message': [
      429,
      '{"overLimit": {"code": 429, "message": "slow", "retryAfter": "3", "details": []}}',
    ],
    'of a status without a name': [500, '{"computeFault": {"code": 500, "message": "x\\u0000"}}'],
  };
  for (const [what, [status, body]] of Object.entries(faults)) {
    test(`${what}, it keeps its bytes, its type and its length`, async () => {
      const { answer } = await forwarded(asked('json'), { status, headers: { ...headers, 'Retry-After': '3' }, body });
      assert.equal(answer.status, status);
      assert.equal(answer.body, body);
      assert.equal(answer.headers['content-type'], headers['Content-Type']);
      assert.equal(answer.headers['content-length'], String(Buffer.byteLength(body)));
      assert.equal(answer.headers['x-compute-request-id'], 'req-1');
      assert.equal(answer.headers['retry-after'], '3');
    });

    test(`${what}, it is XML to callers of XML`, async () => {
      const { answer } = await forwarded(asked('xml'), { status, headers, body });
      assert.equal(faultOf(answer, 'xml').status, status);
      assert.equal(answer.headers['x-compute-request-id'], 'req-1');
    });
  }

  test('in chunks, it keeps its bytes', async () =>
    between(
      (_, response) => {
        response.writeHead(404, headers);
        response.write('{"itemNotFound": {"code": 404,');
        response.end(' "message": "no"}}');
      },
      async (gateway) => {
        const answer = await call(gateway.url, asked('json'));
        assert.equal(answer.status, 404);
        assert.equal(answer.body, '{"itemNotFound": {"code": 404, "message": "no"}}');
      },
    ));
});

describe('JSON that is nearly a legacy fault becomes one', () => {
  const nearly: Readonly<Record<string, readonly [string, string]>> = {
    'with the code of another status': ['{"itemNotFound": {"code": 400, "message": "no"}}', 'no'],
    'with a code that is a text': ['{"itemNotFound": {"code": "404", "message": "no"}}', 'no'],
    'without a code': ['{"itemNotFound": {"message": "no"}}', 'no'],
    'with the name of another status': ['{"badRequest": {"code": 404, "message": "no"}}', 'no'],
    'with a second member': ['{"itemNotFound": {"code": 404, "message": "no"}, "x": 1}', 'no'],
    'with a message that is a list': [
      '{"itemNotFound": {"code": 404, "message": []}}',
      'The resource could not be found.',
    ],
  };
  for (const [what, [body, message]] of Object.entries(nearly)) {
    test(`${what}, it has its status, its name and its message`, async () => {
      const { answer } = await forwarded(asked('json'), { status: 404, headers, body });
      assert.deepEqual(faultOf(answer, 'json'), { status: 404, title: 'itemNotFound', message });
    });
  }
});

describe('an answer to HEAD has no body', () => {
  for (const status of [404, 500]) {
    test(`${status} keeps the head that the cloud wrote`, async () => {
      const { answer } = await forwarded(
        { method: 'HEAD', path, headers: { Accept: 'application/xml' } },
        { status, headers: { 'Content-Type': 'text/html', 'Content-Length': '70', 'X-Compute-Request-Id': 'req-1' } },
      );
      assert.equal(answer.status, status);
      assert.equal(answer.body, '');
      assert.equal(answer.headers['content-length'], '70');
      assert.equal(answer.headers['x-compute-request-id'], 'req-1');
    });
  }

  test('410 is 501, as it is of a GET', async () => {
    const { answer } = await forwarded({ method: 'HEAD', path }, { status: 410 });
    assert.equal(answer.status, 501);
    assert.equal(answer.body, '');
  });
});

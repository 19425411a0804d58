import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { operations } from '../../../src/compute/operations/operations.ts';
import { resourceOf } from '../../../src/http/answer/document/resource.ts';
import type { Operation } from '../../../src/compute/operation.ts';
import { Fault } from '../../../src/fault.ts';
import type { CloudAnswer } from '../../../src/upstream/cloud-answer.ts';
import { statusOfCode } from '../../../src/upstream/faults/error-codes.ts';
import { errorInSuccess } from '../../../src/upstream/faults/error-in-success.ts';

const answer = (body: string, status = 202, headers: CloudAnswer['headers'] = {}): CloudAnswer => ({
  status,
  headers,
  body: Buffer.from(body),
});

const all: readonly Operation[] = operations;
const silent = all.filter((operation) => operation.answer === undefined);
const flowLimit = '{"error_code": "Common.0024", "error_msg": "exceeds flow over limit of tok"}';

function faultOf(given: CloudAnswer, operation: Operation): Fault {
  try {
    resourceOf(given, operation, () => ['tok']);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`${operation.name} took it`);
}

describe('an error document with the status of a success', () => {
  test('is a fault for every operation, with its words and without secrets', () => {
    assert.ok(silent.length > 40 && all.length > 130);
    for (const operation of all) {
      for (const status of [200, 201, 202, 204]) {
        const fault = faultOf(answer(flowLimit, status, { 'retry-after': '3' }), operation);
        assert.equal(fault.status, 429, operation.name);
        assert.equal(fault.title, 'overLimit');
        assert.equal(fault.message, 'exceeds flow over limit of *** (Common.0024)');
        assert.equal(fault.documentedRetryAfter, '3');
      }
    }
  });

  const forms: readonly (readonly [string, number, string])[] = [
    ['{"error_code": "APIGW.0301", "error_msg": "no", "request_id": "r"}', 401, 'no (APIGW.0301)'],
    ['{"error_code": "APIG.0308", "error_msg": "slow"}', 429, 'slow (APIG.0308)'],
    ['{"error": {"code": "Ecs.0114", "message": "gone"}}', 404, 'gone (Ecs.0114)'],
    ['{"error": {"code": "Ecs.0100", "message": "state"}}', 400, 'state (Ecs.0100)'],
    ['{"error": {"code": 401, "message": "who", "title": "Unauthorized"}}', 401, 'who'],
    ['{"conflictingRequest": {"code": 409, "message": "locked"}}', 409, 'locked'],
    ['{"computeFault": {"code": 500, "message": "broken"}}', 500, 'broken'],
    ['{"code": "Ecs.0605", "message": "locked"}', 400, 'locked (Ecs.0605)'],
    ['{"code": "404 Not Found", "title": "Not Found", "message": "none<br /><br />"}', 404, 'none'],
    ['{"error": {"code": "Odd.1", "message": "odd"}}', 500, 'odd (Odd.1)'],
  ];
  for (const [body, status, message] of forms) {
    test(`is what it says: ${body}`, () => {
      for (const operation of silent) {
        const fault = faultOf(answer(body), operation);
        assert.deepEqual(
          [fault.status, fault.message, fault.reason],
          [status, message, status === 500 ? 'cloud-error' : 'cloud-refusal'],
        );
      }
    });
  }

  test('is certain in one form only, which no document of the API has', () => {
    const none = [
      '{"error_code": "x"}',
      '{"error_msg": "x"}',
      '{"error_code": "x", "error_msg": "y", "server": {}}',
      '{"error_code": "", "error_msg": "y"}',
      '{"error_code": {}, "error_msg": "y"}',
      '{"error": {"code": "Ecs.0114", "message": "gone"}}',
      '{"conflictingRequest": {"code": 409, "message": "locked"}}',
      '[{"error_code": "x", "error_msg": "y"}]',
      'error_code',
      '',
    ];
    for (const body of none)
      assert.equal(
        errorInSuccess(answer(body), 'certain', () => []),
        undefined,
        body,
      );
    assert.equal(errorInSuccess(answer(flowLimit), 'certain', () => [])?.status, 429);
  });

  test('has the status of its code, or of its service', () => {
    const codes: Readonly<Record<string, number>> = {
      'Common.0024': 429,
      'Common.1503': 429,
      'Common.0001': 500,
      'Common.0013': 401,
      'Ecs.0614': 404,
      'Ecs.0603': 501,
      'Ecs.9999': 400,
      'APIC.0308': 429,
      '404': 404,
      '404.5': 500,
      '200': 500,
      toString: 500,
    };
    for (const [code, status] of Object.entries(codes)) assert.equal(statusOfCode(code), status, code);
    assert.equal(statusOfCode(409), 409);
    assert.equal(statusOfCode(undefined), 500);
  });
});

describe('the body of a success without a document', () => {
  const acknowledgements = [
    '',
    ' \n',
    '{}',
    'null',
    '[]',
    '""',
    '{"job_id": "ff80"}',
    '{"job_id": "ff80", "request_id": "r"}',
    '202 Accepted\n\nThe request is accepted for processing.\n\n   ',
    '<html>\n <head>\n  <title>202 Accepted</title>\n </head>\n <body>\n  <h1>202 Accepted</h1>\n </body>\n</html>',
  ];
  for (const body of acknowledgements) {
    test(`may be ${JSON.stringify(body)}`, () => {
      for (const operation of silent)
        assert.equal(
          resourceOf(answer(body), operation, () => []),
          undefined,
        );
    });
  }

  const others = [
    '<html><head><title>Sign in</title></head><body><form></form></body></html>',
    '<html><head><title>200 OK</title></head></html>',
    'Welcome',
    '{"server": {"id": "x"}}',
    '{"jobs": []}',
    '[1]',
    '7',
    '{"job_id": ',
    `${' '.repeat(2000)}x`,
  ];
  for (const body of others) {
    test(`is no ${JSON.stringify(body.trim())}: 502 says that the cloud may have acted`, () => {
      for (const operation of silent) {
        const { status, reason, message } = faultOf(answer(body), operation);
        assert.deepEqual([status, reason], [502, 'cloud-nonsense'], operation.name);
        assert.match(message, /with an unexpected document\. It may have acted/);
      }
    });
  }

  test('may name the image that was made', () => {
    for (const operation of silent) {
      const isMaker = operation.location !== undefined;
      const given = answer('{"image_id": "70a599e0"}');
      if (isMaker)
        assert.equal(
          resourceOf(given, operation, () => []),
          undefined,
        );
      else assert.equal(faultOf(given, operation).status, 502);
    }
  });

  test('of a rescue is its password, nothing, or 502', () => {
    const rescue = all.find(({ name }) => name === 'rescue');
    assert.ok(rescue);
    assert.ok(resourceOf(answer('{"adminPass": "x"}', 200), rescue, () => []));
    assert.equal(
      resourceOf(answer('{}', 200), rescue, () => []),
      undefined,
    );
    assert.equal(faultOf(answer('<html>Sign in</html>', 200), rescue).status, 502);
  });
});

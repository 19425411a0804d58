import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as publicEntry from 'undici';
import { failureOf, isRefusal, isUnreadable } from '../../../src/http/cloud/failures.ts';
import { IdleTimeout } from '../../../src/http/cloud/connect/idle-timeout.ts';
import { buildConnector, errors, Pool } from '../../../src/http/cloud/connect/undici.ts';

test('the private paths of undici hold the classes of its public entry', () => {
  assert.equal(Pool, publicEntry.Pool);
  assert.equal(buildConnector, publicEntry.buildConnector);
  assert.equal(errors, publicEntry.errors);
});

test('the errors of undici are classified by their classes', () => {
  const { HTTPParserError, HeadersOverflowError, InvalidArgumentError, NotSupportedError, SocketError } =
    publicEntry.errors;
  const lengthMismatch = new publicEntry.errors.ResponseContentLengthMismatchError();
  assert.deepEqual(
    [new HTTPParserError(), new HeadersOverflowError(), lengthMismatch, new SocketError('other side closed')].map(
      failureOf,
    ),
    ['broken', 'broken', 'broken', 'closed'],
  );
  assert.equal(failureOf(new IdleTimeout()), 'timeout');
  assert.deepEqual([new InvalidArgumentError(), new NotSupportedError(), new SocketError()].map(isRefusal), [
    true,
    true,
    false,
  ]);
  assert.deepEqual([lengthMismatch, new SocketError('other side closed')].map(isUnreadable), [false, false]);
});

// `bad response` and `bad upgrade` have no class: test/forward/both-ways-answers.test.ts sends both by a real socket.
test('a 1xx response that undici refuses is unreadable', () => {
  const { SocketError } = publicEntry.errors;
  assert.deepEqual(
    ['bad response', 'bad upgrade'].map((message) => isUnreadable(new SocketError(message))),
    [true, true],
  );
});

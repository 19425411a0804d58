import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  limitFailures,
  type BeginLogin,
  type LoginAttempt,
} from '../../../../src/http/identity/exchange/login-failures.ts';

/** Start a limiter of three failures a minute with a clock that the test moves. */
function limited(most = 3): { begin: BeginLogin; pass: (ms: number) => void } {
  let time = 1000;
  return { begin: limitFailures(most, 100, () => time), pass: (ms) => (time += ms) };
}

function allowed(outcome: LoginAttempt | number): LoginAttempt {
  assert.ok(typeof outcome !== 'number', 'the login is refused');
  return outcome;
}

/** Let logins fail, and return the first refusal. */
function fail(begin: BeginLogin, times: number, client: string, user?: string): void {
  for (let n = 0; n < times; n += 1) allowed(begin({ client, user })).failed();
}

describe('the limit of failed logins', () => {
  test('refuses an address after its failures, with the time until the next may be tried', () => {
    const { begin, pass } = limited();
    fail(begin, 3, '192.0.2.1');
    assert.equal(begin({ client: '192.0.2.1', user: 'anyone' }), 20);
    pass(19_000);
    assert.equal(begin({ client: '192.0.2.1', user: undefined }), 1);
    pass(1000);
    allowed(begin({ client: '192.0.2.1', user: undefined }));
  });

  test('refuses a user whose password is guessed from many addresses', () => {
    const { begin } = limited();
    for (const host of [1, 2, 3]) fail(begin, 1, `192.0.2.${host}`, 'alice');
    assert.equal(typeof begin({ client: '192.0.2.4', user: 'alice' }), 'number');
    allowed(begin({ client: '192.0.2.4', user: 'bob' }));
  });

  test('does not lock out a user at an address from which the user has logged in', () => {
    const { begin } = limited();
    allowed(begin({ client: '198.51.100.7', user: 'alice' })).succeeded();
    for (const host of [1, 2, 3]) fail(begin, 1, `192.0.2.${host}`, 'alice');
    allowed(begin({ client: '198.51.100.7', user: 'alice' })).succeeded();
  });

  test('counts logins under way, so that a thousand at a time cannot pass', () => {
    const { begin } = limited();
    const outcomes = Array.from({ length: 1000 }, () => begin({ client: '192.0.2.1', user: 'alice' }));
    assert.equal(outcomes.filter((outcome) => typeof outcome !== 'number').length, 3);
  });

  test('forgets what succeeded and what nobody judged', () => {
    const { begin } = limited();
    for (let n = 0; n < 100; n += 1) allowed(begin({ client: '192.0.2.1', user: 'alice' })).succeeded();
    for (let n = 0; n < 100; n += 1) allowed(begin({ client: '192.0.2.1', user: 'bob' })).unknown();
    allowed(begin({ client: '192.0.2.1', user: 'carol' }));
  });

  test('counts the addresses of one IPv6 network as one', () => {
    const { begin } = limited();
    for (const host of [1, 2, 3]) fail(begin, 1, `2001:db8::${host}`);
    assert.equal(typeof begin({ client: '2001:db8::4', user: undefined }), 'number');
  });

  test('is off with no limit', () => {
    const { begin } = limited(Infinity);
    fail(begin, 10_000, '192.0.2.1', 'alice');
  });
});

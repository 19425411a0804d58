import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import { reserveFor, type Budget } from '../../src/http/exchange/budget.ts';
import { EndSignal } from '../../src/http/exchange/end.ts';
import { between } from '../support/forwarding.ts';
import { call } from '../support/http.ts';
import { actionPath, rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { inTime, until } from '../support/in-time.ts';
import { dial, head } from './dialled.ts';

const isBusy = (error: unknown): boolean =>
  error instanceof Fault && error.status === 503 && error.retryAfter === '1' && error.reason === 'gateway-busy';

test('bytes are held until their exchange has ended, and given back once', () => {
  const budget: Budget = { held: 0, most: 100 };
  const end = new EndSignal();
  const reserve = reserveFor(end, budget);
  reserve(10);
  reserve(20);
  assert.equal(budget.held, 30);
  end.abort();
  end.abort();
  assert.equal(budget.held, 0);
});

test('what would be over the budget is refused and not counted; what was held before stays held', () => {
  const budget: Budget = { held: 0, most: 100 };
  const [first, second] = [new EndSignal(), new EndSignal()];
  reserveFor(first, budget)(80);
  const reserve = reserveFor(second, budget);
  reserve(20);
  assert.throws(() => reserve(1), isBusy);
  assert.equal(budget.held, 100);
  second.abort();
  assert.equal(budget.held, 80);
  first.abort();
  assert.equal(budget.held, 0);
});

test('an exchange that holds nothing gives nothing back', () => {
  const budget: Budget = { held: 0, most: 100 };
  const end = new EndSignal();
  assert.throws(() => reserveFor(end, budget)(101), isBusy);
  end.abort();
  assert.equal(budget.held, 0);
});

// Holds abandon of read-body.ts: without it, what comes after the 504 is held for ever.
test('the rest of a body after the end of its exchange is not held, and no later request is refused', async () => {
  await between(
    (request, response) => {
      request.resume();
      response.writeHead(202, { 'Content-Type': 'application/json' }).end(serverDocument);
    },
    async (gateway) => {
      const length = 90_000;
      const late = async (): Promise<void> => {
        const caller = await dial(gateway.url);
        const { socket } = caller;
        socket.write(head(actionPath, length) + '<');
        await until(() => caller.text().includes('504'), 'no answer');
        socket.write('<'.repeat(length - 1));
        // The gateway reads it to its end, and then closes the connection.
        await inTime(caller.ended, 'the connection stays open');
      };
      await Promise.all(Array.from({ length: 4 }, late));
      const { status } = await call(gateway.url, rebuildRequest('xml'));
      assert.equal(status, 202);
    },
    { GATEWAY_EXCHANGES_TIMEOUT_MS: '300', GATEWAY_REQUEST_MAX_TOTAL_BYTES: '2000000' },
  );
});

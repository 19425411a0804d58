import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import { holding, type Budget } from '../../src/http/budget.ts';

const responding = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()));
const isBusy = (error: unknown): boolean =>
  error instanceof Fault && error.status === 503 && error.retryAfter === '1' && error.reason === 'gateway-busy';

test('bytes are held until their exchange has ended, and given back once', () => {
  const budget: Budget = { held: 0, most: 100 };
  const response = responding();
  const hold = holding(response, budget);
  hold(10);
  hold(20);
  assert.equal(budget.held, 30);
  response.emit('close');
  response.emit('close');
  assert.equal(budget.held, 0);
});

test('what would be over the budget is refused and not counted; what was held before stays held', () => {
  const budget: Budget = { held: 0, most: 100 };
  const [first, second] = [responding(), responding()];
  holding(first, budget)(80);
  const hold = holding(second, budget);
  hold(20);
  assert.throws(() => hold(1), isBusy);
  assert.equal(budget.held, 100);
  second.emit('close');
  assert.equal(budget.held, 80);
  first.emit('close');
  assert.equal(budget.held, 0);
});

test('an exchange that holds nothing gives nothing back', () => {
  const budget: Budget = { held: 0, most: 100 };
  const response = responding();
  assert.throws(() => holding(response, budget)(101), isBusy);
  response.emit('close');
  assert.equal(budget.held, 0);
});

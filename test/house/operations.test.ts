import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import type { Member, Shape } from '../../src/schema/shapes.ts';

const all: readonly Operation[] = operations;

/** Members that hold what no log and no fault may show, wherever they are. */
const secretNames: ReadonlySet<string> = new Set(['adminPass', 'user_data', 'contents']);

/** The statuses of legacy Nova that are not the usual ones: 200 with a document and 202 without. */
const statuses: Readonly<Record<string, number>> = {
  createServer: 202,
  bootFromVolume: 202,
  rebuild: 202,
  deleteServer: 204,
  confirmResize: 204,
  deleteImage: 204,
  deleteServerMetadataItem: 204,
  deleteImageMetadataItem: 204,
  deleteExtraSpec: 200,
  deleteServerGroup: 204,
  deleteAssistedSnapshot: 204,
  deleteServerPassword: 204,
  deleteAggregate: 200,
  deleteAgent: 200,
};

test('every operation has the status of legacy Nova', () => {
  for (const { name, answer, status } of all) {
    assert.equal(status, statuses[name] ?? (answer === undefined ? 202 : 200), name);
  }
  for (const name of Object.keys(statuses))
    assert.ok(
      all.some((operation) => operation.name === name),
      name,
    );
});

test('names of operations are theirs alone', () => {
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
});

test('no two operations share a method, a path and a root', () => {
  const calls = all.map(
    ({ method, scope, route, request }) => `${method} ${scope ?? ''}:${route} ${request?.root ?? ''}`,
  );
  assert.deepEqual(
    calls.filter((call, index) => calls.indexOf(call) !== index),
    [],
  );
});

test('passwords, user data and the contents of files are secret wherever they are', () => {
  for (const { name, request, answer } of all) {
    for (const [key, member] of [request, answer].flatMap((message) => membersIn(message?.content))) {
      if (secretNames.has(key)) assert.equal(member.secret, true, `${name}: ${key}`);
    }
  }
});

function membersIn(shape: Shape | undefined): (readonly [string, Member])[] {
  if (shape === undefined) return [];
  if ('members' in shape) {
    return Object.entries(shape.members).flatMap(([key, member]) => [
      [key, member] as const,
      ...membersIn(member.shape),
    ]);
  }
  if ('item' in shape) return membersIn(shape.item);
  return 'value' in shape ? membersIn(shape.value) : [];
}

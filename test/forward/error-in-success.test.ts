import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, test } from 'node:test';
import { between, drained, open } from '../support/forwarding.ts';

const error = '{"error_code": "Common.0024", "error_msg": "flow limit of tok"}';
const legacy = '/v2/p/os-gadgets';

interface Seen {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Writes pieces that do not arrive as one. */
async function writeApart(pieces: readonly string[], response: ServerResponse): Promise<void> {
  for (const piece of pieces) {
    response.write(piece);
    await sleep(3);
  }
  response.end();
}

/** Asks a cloud that answers these pieces one after the other. */
async function ask(
  pieces: readonly string[],
  {
    method = 'POST',
    path = legacy,
    given = {},
    headers = {},
  }: {
    method?: string;
    path?: string;
    given?: Readonly<Record<string, string>>;
    headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Seen> {
  let seen: Seen | undefined;
  await between(
    (_, response) => {
      response.writeHead(202, { 'Content-Type': 'application/json', 'Retry-After': '4', ...headers });
      void writeApart(pieces, response);
    },
    async (gateway) => {
      const { outgoing, answer } = open(gateway.url, method, path, { 'X-Auth-Token': 'tok', ...given });
      outgoing.end();
      const message = await answer;
      const { 'content-type': type, 'retry-after': retryAfter } = message.headers;
      seen = { status: message.statusCode, type, retryAfter, body: (await drained(message)).toString('utf8') };
    },
  );
  assert.ok(seen);
  return seen;
}

describe('an error document with the status of a success, of a forwarded request', () => {
  for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
    test(`is a fault for ${method}, in the caller's format`, async () => {
      const inXml = await ask([error], { method, given: { Accept: 'application/xml' } });
      assert.deepEqual([inXml.status, inXml.retryAfter, inXml.type], [429, '4', 'application/xml; charset=UTF-8']);
      assert.match(inXml.body, /^<overLimit code="429".*flow limit of \*\*\* \(Common\.0024\).*<retryAfter>4</);
      const inJson = await ask([error], { method });
      assert.deepEqual(JSON.parse(inJson.body), {
        overLimit: { message: 'flow limit of *** (Common.0024)', code: 429, retryAfter: '4' },
      });
    });
  }

  test('is a fault in pieces, with a length, and after white space', async () => {
    for (const pieces of [Array.from(error), ['\n ', error], [error.slice(0, 9), error.slice(9)]]) {
      assert.equal((await ask(pieces)).status, 429);
    }
    assert.equal((await ask([error], { headers: { 'Content-Length': String(error.length) } })).status, 429);
    assert.equal((await ask([error], { headers: { 'Content-Type': 'text/plain' } })).status, 429);
  });

  test('stays what it is for modern callers in JSON, but not in XML', async () => {
    const path = '/v2.1/p/os-gadgets';
    assert.deepEqual((await ask([error], { path })).body, error);
    assert.equal((await ask([error], { path, given: { Accept: 'application/xml' } })).status, 429);
  });

  const others = [
    ['{"error_code": "x"}'],
    ['{"error_code": "x", "error_msg": "y", "gadget": 1}'],
    ['{"error', 's": []}'],
    ['{"gadgets": [1,', '2]}'],
    ['{"error_code": "x", "error_msg": "', 'y'.repeat(9000), '"}'],
    ['{"error_code": "x", "error_msg": '],
    [''],
  ];
  for (const pieces of others) {
    test(`is none: ${pieces.join('').slice(0, 60)}`, async () => {
      const { status, body } = await ask(pieces);
      assert.deepEqual([status, body], [202, pieces.join('')]);
    });
  }
});

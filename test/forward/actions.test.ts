import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';
import { between, drained, open } from '../support/forwarding.ts';

const path = '/v1.1/p/servers/s/action';
const json = { 'Content-Type': 'application/json' };

describe('JSON actions that no operation describes reach the cloud byte for byte', () => {
  const bodies: Readonly<Record<string, string>> = {
    'os-frobnicate': '{ "os-frobnicate" :\n {"type":"SOFT"} }\n',
    'a member whose name is not ASCII': '{"r\u00e9boot": "\u20ac"}',
    'numbers that JavaScript changes': '{"os-frobnicate": {"flavorRef": 12345678901234567890, "x": 1.0}}',
    'a duplicated key': '{"os-frobnicate": {"type": "SOFT"}, "os-frobnicate": {"type": "HARD"}}',
    'the name of an inherited property': '{"constructor": {}}',
    'the name of a prototype': '{"__proto__": {}}',
    'another case of rebuild': '{"Rebuild": {}}',
  };
  for (const [what, body] of Object.entries(bodies)) {
    for (const how of ['with a length', 'in chunks']) {
      test(`${what}, sent ${how}, arrives with its length`, async () => {
        const cloud = await startScriptedCloud({ status: 202 });
        const gateway = await startTestGateway(cloud.url);
        try {
          const headers = how === 'in chunks' ? { ...json, 'Transfer-Encoding': 'chunked' } : json;
          const answer = await call(gateway.url, { path, headers, body });
          assert.equal(answer.status, 202);
          const [received] = cloud.received;
          assert.equal(received?.path, '/v2/p/servers/s/action');
          assert.equal(received?.body.toString(), body);
          assert.equal(received?.headers['content-length'], String(Buffer.byteLength(body)));
          assert.equal(received?.headers['transfer-encoding'], undefined);
          assert.equal(received?.headers['content-type'], 'application/json');
          assert.equal(cloud.received.length, 1);
        } finally {
          await gateway.stop();
          await cloud.stop();
        }
      });
    }
  }

  for (const [how, size] of Object.entries({ 'with a length': 300_000, 'in chunks': undefined })) {
    test(`a body over the request limit, sent ${how}, streams through`, async () => {
      const body = `{"os-custom": "${'x'.repeat(300_000 - 17)}"}`;
      const half = body.length / 2;
      const got = Promise.withResolvers<Buffer>();
      const first = Promise.withResolvers<void>();
      await between(
        (request, response) => {
          request.once('data', () => first.resolve());
          const body = drained(request);
          got.resolve(body);
          void body.then(() => response.writeHead(202).end());
        },
        async (gateway, cloud) => {
          const headers = size === undefined ? json : { ...json, 'Content-Length': String(body.length) };
          const { outgoing, answer } = open(gateway.url, 'POST', path, headers);
          outgoing.write(body.slice(0, half));
          // Before the caller has sent the rest.
          await first.promise;
          outgoing.end(body.slice(half));
          assert.equal((await answer).statusCode, 202);
          assert.equal((await got.promise).toString(), body);
          const seen = cloud.received[0]?.headers;
          assert.ok(
            seen !== undefined && (seen['content-length'] === undefined) !== (seen['transfer-encoding'] === undefined),
          );
        },
      );
    });
  }
});

describe('what is no JSON action of another kind never reaches the cloud', () => {
  const refused: Readonly<
    Record<string, { type: string | undefined; body: string; status: number; message: string; xml: boolean }>
  > = {
    'an XML action that nobody describes': {
      type: 'application/xml',
      body: '<os-frobnicate type="SOFT" xmlns="http://docs.openstack.org/compute/api/v1.1"/>',
      status: 400,
      message: 'There is no such action: os-frobnicate',
      xml: true,
    },
    'an XML action with a prefix': {
      type: 'text/xml',
      body: '<c:os-frobnicate xmlns:c="http://docs.openstack.org/compute/api/v1.1"/>',
      status: 400,
      message: 'There is no such action: os-frobnicate',
      xml: true,
    },
    'a form': {
      type: 'application/x-www-form-urlencoded',
      body: 'os-frobnicate=1',
      status: 415,
      message: '',
      xml: false,
    },
    'a body without a type': { type: undefined, body: '{"os-frobnicate": {}}', status: 415, message: '', xml: false },
  };
  for (const [what, { type, body, status, message, xml }] of Object.entries(refused)) {
    test(`${what} is ${status}`, async () => {
      const cloud = await startScriptedCloud({ status: 202 });
      const gateway = await startTestGateway(cloud.url);
      try {
        const answer = await call(gateway.url, {
          path,
          headers: type === undefined ? {} : { 'Content-Type': type },
          body,
        });
        assert.equal(answer.status, status);
        assert.equal(answer.headers['content-type'], `application/${xml ? 'xml' : 'json'}; charset=UTF-8`);
        assert.ok(answer.body.includes(message), answer.body);
        assert.equal(cloud.received.length, 0);
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }
});

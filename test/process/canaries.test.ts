import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { actionPath, imageId, projectId, serverId } from '../support/rebuild-call.ts';
import type { TestAnswer } from '../support/http.ts';
import { inTime } from '../support/in-time.ts';
import { contents, headers, json, secrets, words, xml, xmlSecrets } from './canary.ts';
import { says, testCleanEnd, useCanaryGateways } from './canary-gateways.ts';

const canaries = useCanaryGateways();
const { gateways, urls, sent, play, assertLogsClean } = canaries;

const requestIds = { 'X-OpenStack-Request-ID': words.token, 'X-Compute-Request-Id': words.token };

describe('no secret of a caller is logged on either road', () => {
  const roads: Readonly<Record<string, () => Promise<TestAnswer>>> = {
    'a rebuild in XML': () => play('nova', xml(xmlSecrets)),
    'a rebuild in JSON': () => play('nova', json(secrets)),
    'a rebuild through ecs': () => play('ecs', json(secrets)),
    'XML that is cut off': () => play('ecs', xml(xmlSecrets.slice(0, -20))),
    'XML with a secret as an element name': () => play('ecs', xml(`<${words.password} a=1>`)),
    'XML with a secret in an undeclared entity': () => play('ecs', xml(`<rebuild adminPass="&${words.password};"/>`)),
    'XML with a secret in an undeclared prefix': () => play('ecs', xml(`<rebuild ${words.password}:a="1"/>`)),
    'XML with a DOCTYPE': () => play('ecs', xml(`<!DOCTYPE r [<!ENTITY a "${words.password}">]><rebuild/>`)),
    'JSON that is cut off': () => play('ecs', json({}, { body: JSON.stringify({ rebuild: secrets }).slice(0, -4) })),
    'JSON sent as XML': () => play('ecs', xml(JSON.stringify({ rebuild: secrets }))),
    'XML sent as JSON': () => play('ecs', json({}, { body: xmlSecrets })),
    'an unsupported type': () =>
      play('ecs', xml(xmlSecrets, { headers: { ...headers, 'Content-Type': 'text/plain' } })),
    'contents that are no base64': () =>
      play('ecs', json({ ...secrets, personality: [{ path: '/a', contents: `!${words.contents}` }] })),
    'user_data that is no base64': () => play('ecs', json({ ...secrets, user_data: `!${words.userData}` })),
    'a password that is a list': () => play('ecs', json({ ...secrets, adminPass: [words.password] })),
    'a personality that is an object': () => play('ecs', json({ ...secrets, personality: { contents } })),
    'strict handling': () =>
      play(
        'ecs',
        json(
          { ...secrets, accessIPv4: '1.2.3.4' },
          { headers: { ...headers, 'Content-Type': 'application/json', Prefer: 'handling=strict' } },
        ),
      ),
    'too many files': () =>
      play('ecs', json({ ...secrets, personality: Array.from({ length: 6 }, () => ({ path: '/a', contents })) })),
    'a body over the limit': () => play('ecs', json({ ...secrets, adminPass: words.password.repeat(8000) })),
    'a cloud that is down': () => play('down', json(secrets)),
    'a cloud that hangs up': () => play('nova', json(secrets), (_, request) => void request.socket.destroy()),
    'a cloud that is silent': () => play('nova', json(secrets), () => undefined),
    'a cloud that echoes the request as its answer': () =>
      play(
        'nova',
        json(secrets),
        says(202, (body) => JSON.stringify(body)),
      ),
    'a cloud that echoes the request as its server': () =>
      play(
        'nova',
        json(secrets),
        says(202, (body) => JSON.stringify({ server: body })),
      ),
    'a cloud whose self link breaks the answer': () =>
      play(
        'nova',
        json(secrets),
        says(202, () =>
          JSON.stringify({
            server: { id: serverId, links: [{ rel: 'self', href: `https://c/v2.1/\n${words.password}\u20ac` }] },
          }),
        ),
      ),
    'a cloud whose server is too deep': () =>
      play(
        'nova',
        json(secrets),
        says(202, () => `{"server": {"${words.password}": ${'['.repeat(50_000)}${']'.repeat(50_000)}}}`),
      ),
    "a request id of the caller's that is a secret": () =>
      play('nova', xml(xmlSecrets, { headers: { ...xml('').headers, ...requestIds } })),
    'a forwarded request whose id is a secret': () =>
      play('nova', { method: 'GET', path: '/v2/p/x', headers: { ...headers, ...requestIds } }),
    'a request that nests too deep': () =>
      play('nova', {
        ...json({}),
        path: `/v2.1/${projectId}/servers/${serverId}/action`,
        body: `{"rebuild": {"imageRef": "${imageId}", "${words.password}": ${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
      }),
    'a change of the password': () =>
      play('nova', json({}, { body: JSON.stringify({ changePassword: { adminPass: words.password } }) })),
    'a forwarded action': () =>
      play('nova', json({}, { body: JSON.stringify({ 'os-frobnicate': { adminPass: words.password } }) })),
    'a forwarded action that the cloud refuses, and quotes': () =>
      play(
        'nova',
        json({}, { body: JSON.stringify({ 'os-frobnicate': { adminPass: words.password } }) }),
        says(400, (body) => JSON.stringify({ badRequest: { code: 400, message: JSON.stringify(body) } })),
      ),
    'a forwarded request whose fault breaks off': () =>
      play('nova', { method: 'GET', path: '/v2/p/x', headers }, (_, request, response) => {
        response.writeHead(500, { 'Content-Length': '900' });
        response.write(String(request.headers['x-auth-token']), () => request.socket.destroy());
      }),
    'a forwarded request': () =>
      play(
        'nova',
        {
          method: 'PUT',
          path: `/v2/p/x?token=${words.token}`,
          headers: { ...headers, Authorization: `Bearer ${words.token}` },
          body: words.contents,
        },
        says(200, () => '{}'),
      ),
    'a forwarded request that the cloud echoes': () =>
      play(
        'nova',
        { method: 'GET', path: '/v2/p/x', headers },
        says(500, (_, request) => String(request.headers['x-auth-token'])),
      ),
    'a path that is no URL': () =>
      play(
        'nova',
        { method: 'GET', path: `/v2/%zz?${words.token}`, headers },
        says(200, () => '{}'),
      ),
  };
  for (const [what, road] of Object.entries(roads)) {
    test(what, async () => {
      const answer = await road();
      assert.ok(answer.status >= 200);
      await assertLogsClean();
    });
  }

  for (const [what, road] of Object.entries({
    'a forwarded request to a cloud that is down': () => play('down', { method: 'GET', path: '/v2/p/x', headers }),
    'a forwarded request to a cloud that hangs up': () =>
      play('nova', { method: 'GET', path: '/v2/p/x', headers }, (_, request) => void request.socket.destroy()),
  })) {
    test(what, async () => {
      await road();
      await assertLogsClean();
    });
  }

  test('a caller that hangs up in the middle of its body, and one that speaks no HTTP', async () => {
    const { hostname, port } = new URL(urls.ecs);
    const head = `POST ${actionPath} HTTP/1.1\r\nHost: g\r\nX-Auth-Token: ${words.token}\r\nContent-Type: application/xml\r\nContent-Length: 900\r\n\r\n`;
    const speak = (bytes: string, then: () => void): Socket => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes, then)).on('error', () => undefined);
      return socket;
    };
    // The bytes arrive before the end of the connection, so the exchange is counted and logged.
    sent.ecs += 1;
    const silent = speak(head + xmlSecrets, () => silent.destroy());
    // Node itself responds to bytes that are not HTTP; that is no exchange.
    const answer = new Promise<Buffer>((resolve) => {
      speak(`${words.token} nonsense\r\n\r\n`, () => undefined).once('data', resolve);
    });
    assert.match(String(await inTime(answer, 'no answer')), /^HTTP\/1\.1 400 /);
    await assertLogsClean();
  });

  test('nothing was written to stderr', () => {
    assert.deepEqual(
      [...gateways.values()].map((gateway) => gateway.stderr()),
      ['', '', ''],
    );
  });
});

testCleanEnd(canaries);

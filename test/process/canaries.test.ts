import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { actionPath, imageId, projectId, serverDocument, serverId } from '../support/rebuild-call.ts';
import { drained, startLiveCloud, type LiveCloud } from '../support/forwarding.ts';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { within } from '../support/within.ts';
import { serving, spawnGateway, type GatewayProcess } from './gateway-process.ts';
import { asciiJson, escapeHtml, htmlSafeJson, pythonRepr } from './quoting.ts';

/** The words that must not be seen; letters and digits, so that no notation changes them. */
const words = {
  token: 'CanaryToken5e1f',
  password: 'CanaryPassword8c2d',
  contents: 'CanaryContents3b7a',
  userData: 'CanaryUserData9d4e',
  cookie: 'CanaryCookie1a6b',
} as const;

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const contents = base64(`secret ${words.contents} of a file`);
const userData = base64(`#cloud-config\n# ${words.userData} is here\n`);

/** Each word as it is, and as base64 shows it wherever it begins. */
const forms = Object.values(words).flatMap((word) => [
  word,
  ...[0, 1, 2].map((shift) => base64(' '.repeat(shift) + word).slice(shift === 0 ? 0 : 4, -4)),
]);

function assertClean(text: string, where: string): void {
  for (const form of forms) assert.ok(!text.includes(form), `${where} shows ${form}: ${text.slice(0, 2000)}`);
}

const headers = { 'X-Auth-Token': words.token, Cookie: `session=${words.cookie}`, 'X-Service-Token': words.token };
const json = (rebuild: unknown, more: Partial<TestRequest> = {}): TestRequest => ({
  path: actionPath,
  headers: { ...headers, 'Content-Type': 'application/json' },
  body: JSON.stringify({ rebuild }),
  ...more,
});
const xml = (body: string, more: Partial<TestRequest> = {}): TestRequest => ({
  path: actionPath,
  headers: { ...headers, 'Content-Type': 'application/xml' },
  body,
  ...more,
});
const secrets = {
  imageRef: imageId,
  adminPass: words.password,
  personality: [{ path: '/etc/secret', contents }],
  user_data: userData,
};
const xmlSecrets = `<rebuild imageRef="${imageId}" adminPass="${words.password}"><personality><file path="/etc/secret">${contents}</file></personality></rebuild>`;

type Handler = (body: unknown, request: IncomingMessage, response: ServerResponse) => void;

const rebuilds: Handler = (_, __, response) => void response.writeHead(202).end(serverDocument);
const says =
  (status: number, content: (body: unknown, request: IncomingMessage) => string): Handler =>
  (body, request, response) =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(content(body, request));

/** Passes the reading of the present server, and handles the rebuild. */
const onRebuild =
  (handle: Handler): Handler =>
  (body, request, response) =>
    request.method === 'GET' ? void response.end(serverDocument) : handle(body, request, response);

/** A body as the cloud reads it; forwarded ones may be anything. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return bytes.toString();
  }
}

let cloud: LiveCloud;
let handler: Handler = rebuilds;
const names = ['ecs', 'nova', 'down'] as const;
type Name = (typeof names)[number];
const gateways = new Map<Name, GatewayProcess>();
const urls: Record<Name, string> = { ecs: '', nova: '', down: '' };
/** How many requests each gateway was sent: its log has a line for each. */
const sent: Record<Name, number> = { ecs: 0, nova: 0, down: 0 };

before(async () => {
  cloud = await startLiveCloud((request, response) => {
    drained(request)
      .then((bytes) => handler(parsed(bytes), request, response))
      // A caller that hangs up leaves nothing to answer.
      .catch(() => undefined);
  });
  const limits = { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '400', GATEWAY_LOG_LEVEL: 'debug' };
  const settings = {
    ecs: serving(cloud.url, limits),
    nova: serving(cloud.url, { ...limits, GATEWAY_UPSTREAM_PROFILE: 'nova' }),
    down: serving(await refusingUrl(), limits),
  };
  for (const name of names) {
    const gateway = spawnGateway(settings[name]);
    gateways.set(name, gateway);
    urls[name] = (await gateway.ready()).url;
  }
});

after(async () => {
  for (const gateway of gateways.values()) gateway.kill();
  await cloud.stop();
});

async function play(name: Name, request: TestRequest, handle: Handler = rebuilds): Promise<TestAnswer> {
  handler = handle;
  sent[name] += 1;
  return within(3000, call(urls[name], request), 'no answer');
}

/** All that the processes have written, when each exchange has its line. */
async function assertLogsClean(): Promise<void> {
  const asked = [...gateways].filter(([name]) => sent[name] > 0);
  const lines = asked.map(([name, gateway]) => gateway.logged('exchange', sent[name]));
  await within(3000, Promise.all(lines), 'no line for each exchange');
  for (const gateway of gateways.values()) assertClean(gateway.stdout() + gateway.stderr(), 'the log');
}

describe('no secret of a caller is logged on any road', () => {
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
    'a cloud with a request id that is a secret': () =>
      play(
        'nova',
        json(secrets),
        says(202, () => serverDocument),
      ),
    'a request that nests too deep': () =>
      play('nova', {
        ...json({}),
        path: `/v2.1/${projectId}/servers/${serverId}/action`,
        body: `{"rebuild": {"imageRef": "${imageId}", "${words.password}": ${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
      }),
    'a forwarded action': () =>
      play('nova', json({}, { body: JSON.stringify({ changePassword: { adminPass: words.password } }) })),
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
    // What was written before the hang-up arrives before it.
    sent.ecs += 1;
    const silent = speak(head + xmlSecrets, () => silent.destroy());
    // Node itself answers what is no HTTP, and there is no exchange.
    const answer = new Promise<Buffer>((resolve) => {
      speak(`${words.token} nonsense\r\n\r\n`, () => undefined).once('data', resolve);
    });
    assert.match(String(await within(3000, answer, 'no answer')), /^HTTP\/1\.1 400 /);
    await assertLogsClean();
  });

  test('nothing was written to stderr at all', () => {
    assert.deepEqual(
      [...gateways.values()].map((gateway) => gateway.stderr()),
      ['', '', ''],
    );
  });
});

describe('a fault of the cloud is passed on without what it quotes of the secrets', () => {
  const passwords: Readonly<Record<string, string>> = {
    plain: words.password,
    'with quotes': `it's "${words.password}"`,
    'with an apostrophe': `it's ${words.password}`,
    'with a backslash': `\\${words.password}\\n`,
    'with control characters': `\u0001\t\n${words.password}\u007f`,
    'with a no-break space': `\u00a0${words.password}\u200b`,
    'with markup': `<b>&${words.password}&amp;</b>`,
    'with letters that are no ASCII': `p\u00e4ss${words.password}\u20ac`,
    'with characters outside the BMP': `\u{1f511}${words.password}`,
  };
  const quotations: Readonly<Record<string, (body: unknown) => string>> = {
    'in the notation of Python': (body) =>
      JSON.stringify({
        badRequest: { code: 400, message: `Invalid input for field/attribute rebuild. Value: ${pythonRepr(body)}. x` },
      }),
    'in JSON': (body) => JSON.stringify({ badRequest: { code: 400, message: `Invalid: ${JSON.stringify(body)}` } }),
    'in JSON of ASCII': (body) =>
      JSON.stringify({ error: { code: 'Ecs.0005', message: `Invalid: ${asciiJson(body)}` } }),
    'in JSON that is safe in HTML': (body) =>
      JSON.stringify({ error_code: 'APIGW.1', error_msg: `Invalid: ${htmlSafeJson(body)}` }),
    'in a page': (body) =>
      `<html><head><title>x</title></head><body><h1>Bad</h1>${escapeHtml(JSON.stringify(body))}</body></html>`,
    'in plain text': (body) => `Bad request: ${JSON.stringify(body)}`,
    'in HTML in JSON': (body) =>
      JSON.stringify({ code: '400 Bad', title: 'Bad', message: `no<br /><br />${escapeHtml(pythonRepr(body))}` }),
  };
  for (const [how, quote] of Object.entries(quotations)) {
    for (const [what, adminPass] of Object.entries(passwords)) {
      test(`a password ${what}, quoted ${how}`, async () => {
        const { personality, ...others } = secrets;
        const answer = await play('nova', json({ ...others, adminPass }), onRebuild(says(400, quote)));
        assert.equal(answer.status, 400);
        assertClean(answer.body, 'the fault');
        const second = await play(
          'nova',
          json({ imageRef: imageId, adminPass, personality }),
          onRebuild(says(400, quote)),
        );
        assert.equal(second.status, 400);
        assertClean(second.body, 'the fault');
        await assertLogsClean();
      });
    }
  }

  const long = base64(`${words.userData} `.repeat(1500));
  const longRequest = (): TestRequest => json({ imageRef: imageId, user_data: long });
  for (const [what, quote] of Object.entries({
    'in JSON': (body: unknown) => JSON.stringify({ badRequest: { code: 400, message: `Value: ${pythonRepr(body)}` } }),
    'in JSON, twice, over 64 KiB': (body: unknown) =>
      JSON.stringify({ badRequest: { code: 400, message: `Value: ${pythonRepr(body)} ${pythonRepr(body)}` } }),
    'in a page': (body: unknown) => `<html><body><p>${escapeHtml(JSON.stringify(body))}</p></body></html>`,
    'in plain text': (body: unknown) => `Value: ${JSON.stringify(body)}`,
    'in plain text that the cloud cut off': (body: unknown) => `Value: ${JSON.stringify(body).slice(0, 500)}`,
    'in JSON that the cloud cut off': (body: unknown) =>
      JSON.stringify({ badRequest: { code: 400, message: `Value: ${pythonRepr(body).slice(0, 500)}...` } }),
  })) {
    test(`user_data of 39 KB, quoted ${what}`, async () => {
      const answer = await play('nova', longRequest(), onRebuild(says(400, quote)));
      assert.equal(answer.status, 400);
      assertClean(answer.body, 'the fault');
    });
  }

  test('the token, quoted by the cloud', async () => {
    const answer = await play(
      'nova',
      json(secrets),
      onRebuild(
        says(401, (_, { headers: sent }) =>
          JSON.stringify({ error: { message: `bad token ${String(sent['x-auth-token'])}` } }),
        ),
      ),
    );
    assertClean(answer.body, 'the fault');
    assert.match(answer.body, /bad token/);
  });

  test('files that travel as user_data, quoted by the cloud', async () => {
    const answer = await play(
      'ecs',
      xml(xmlSecrets),
      onRebuild(says(400, (body) => JSON.stringify({ badRequest: { message: pythonRepr(body) } }))),
    );
    assert.equal(answer.status, 400);
    assertClean(answer.body, 'the fault');
  });

  test('the present user_data of the server is not shown where the reading fails', async () => {
    const answer = await play(
      'ecs',
      xml(xmlSecrets),
      says(200, () => `{"servers": "${userData}"}`),
    );
    assert.equal(answer.status, 503);
    assertClean(answer.body, 'the fault');
  });
});

test('no secret is in what the processes write until their end, and nothing on stderr', async () => {
  const processes = [...gateways.values()];
  for (const gateway of processes) gateway.child.kill('SIGTERM');
  await within(5000, Promise.all(processes.map((gateway) => gateway.ended())), 'the processes have not ended');
  for (const gateway of processes) {
    assertClean(gateway.stdout(), 'the log');
    assert.equal(gateway.stderr(), '');
  }
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { imageId } from '../support/rebuild-call.ts';
import type { TestRequest } from '../support/http.ts';
import { assertClean, base64, json, secrets, userData, words, xml, xmlSecrets } from './canary.ts';
import { onRebuild, says, testCleanEnd, useCanaryGateways } from './canary-gateways.ts';
import { asciiJson, escapeHtml, htmlSafeJson, pythonRepr } from './quoting.ts';

const canaries = useCanaryGateways();
const { play, assertLogsClean } = canaries;

describe('a fault of the cloud reaches the caller without the secrets that it quotes', () => {
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

testCleanEnd(canaries);

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../../support/http.ts';
import { exchangeBytes } from '../../support/raw-exchange.ts';
import { clientLogins, recordedLogins } from './client-logins.ts';
import { assertListsServers, urls, type LoginScene } from './login-scene.ts';
import { needs } from './needs.ts';

/** Send the logins of real clients, and go on with the answers as each client does. */
export function replaysLogins(open: () => LoginScene): void {
  for (const [kind, logins] of [
    ['', clientLogins()],
    ['as recorded: ', recordedLogins()],
  ] as const)
    for (const login of logins)
      test(`${kind}${login.client} logs in (${login.needs ?? 'no client of the list'})`, async () => {
        const scene = open();
        const need = needs[login.needs ?? ''];
        assert.ok(need, login.needs);
        await need(await exchangeBytes(urls.identity, login.bytes(scene.parts)), scene);
      });

  test('a tool that was given a token finds the endpoints at the port for administrators, as novaclient does', async () => {
    const { parts } = open();
    const { body: login } = await call(urls.identityAdmin, {
      path: '/v2.0/tokens',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ auth: { token: { id: parts.token }, tenantId: parts.projectId } }),
    });
    const { access } = JSON.parse(login) as { readonly access: { readonly token: { readonly id: string } } };
    const { status, body } = await call(urls.identityAdmin, {
      method: 'GET',
      path: `/v2.0/tokens/${access.token.id}/endpoints?belongsTo=${parts.projectId}`,
      headers: { 'X-Auth-Token': access.token.id },
    });
    assert.equal(status, 200, body);
    const { endpoints } = JSON.parse(body) as {
      readonly endpoints: readonly { readonly type: string; readonly publicURL: string }[];
    };
    const compute = endpoints.find(({ type }) => type === 'compute');
    await assertListsServers(compute?.publicURL, access.token.id);
  });

  test('a wrong password is refused in each form, and its text is the same', async () => {
    const { parts } = open();
    for (const { client, needs: kind, bytes } of clientLogins()) {
      const request = bytes({ ...parts, password: 'wrong', token: 'wrong' });
      const { status, body } = await exchangeBytes(urls.identity, request);
      assert.equal(status, 401, `${client} (${kind})`);
      assert.match(body, /The request you have made requires authentication\./);
    }
  });
}

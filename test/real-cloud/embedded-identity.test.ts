import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startScene } from '../embedded-cloud/cloud-caller.ts';
import { identityLooks, runIdentitySession } from '../embedded-cloud/identity-session.ts';
import { IDENTITY_STEPS } from '../embedded-cloud/identity-steps.ts';
import { call } from '../support/http.ts';
import { startRealCloud, whyNoRealCloud } from './start-real-cloud.ts';

test(
  "the embedded identity service's answers have the statuses, header fields, members and faults of a real Keystone's",
  { skip: whyNoRealCloud('keystone', 'glance') },
  async (t) => {
    const real = await startRealCloud({ auth: 'keystone' });
    t.after(() => real.stop());
    const { cloud } = await startScene(t);
    const url = (real.authUrl ?? '').replace(/\/v3$/, '');
    const { demo, other } = real.users ?? {};
    assert.ok(demo !== undefined && other !== undefined);
    const theirs = await runIdentitySession(url, IDENTITY_STEPS, {
      user: await userIdOf(url, real.tokens.member),
      password: demo.password,
      project: real.projectId,
      other: 'other',
      otherpassword: other.password,
    });
    const ours = await runIdentitySession(cloud.identityUrl, IDENTITY_STEPS, {
      user: cloud.identity.users[0]?.id ?? '',
      password: 'secret',
      project: cloud.project,
      other: 'unassigned',
      otherpassword: 'secret',
    });
    const differences = theirs.flatMap((exchange, index) => {
      const expected = identityLooks(exchange, demo.password);
      const actual = identityLooks(ours[index] ?? exchange, 'secret');
      return expected.join('\n') === actual.join('\n')
        ? []
        : [{ step: JSON.stringify(exchange.step), expected, actual }];
    });
    assert.deepEqual(differences, []);
  },
);

async function userIdOf(url: string, token: string): Promise<string> {
  const headers = { 'X-Auth-Token': token, 'X-Subject-Token': token };
  const { body } = await call(url, { method: 'GET', path: '/v3/auth/tokens', headers });
  return (JSON.parse(body) as { token: { user: { id: string } } }).token.user.id;
}

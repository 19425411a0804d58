// Guards: versions-document.ts reads the versions of a cloud, and profile-verdict.ts judges the profile by them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeProfile } from '../../src/upstream/profile-verdict.ts';
import { askSharedVersions, askVersions, readVersions } from '../../src/upstream/versions-document.ts';
import type { CloudAnswer } from '../../src/upstream/cloud-answer.ts';

const answered = (status: number, body: string, type = 'application/json'): CloudAnswer => ({
  status,
  headers: { 'content-type': type },
  body: Buffer.from(body),
});

const v20 = { id: 'v2.0', version: '', min_version: '' };
const v21 = (version?: string): object => ({ id: 'v2.1', version, min_version: '2.1' });
const list = (...versions: readonly object[]): string => JSON.stringify({ versions });

describe('the versions of a cloud are read from', () => {
  for (const [what, answer, expected] of [
    [
      "Nova's document of v2.1",
      answered(200, JSON.stringify({ version: v21('2.93') })),
      { kind: 'nova', highest: '2.93' },
    ],
    ["Nova's list at its root", answered(200, list(v20, v21('2.93'))), { kind: 'nova', highest: '2.93' }],
    ['a list of choices', answered(300, '{"choices":[{"id":"v2.1"}]}'), { kind: 'nova', highest: undefined }],
    [
      'a list with a version that is none',
      answered(200, list(v21('2.93\u001b[1m'))),
      { kind: 'nova', highest: undefined },
    ],
    ['the list of a Nova before v2.1', answered(200, list(v20)), { kind: 'old-nova' }],
    ['the list of another service', answered(200, list({ id: 'v3.14' })), { kind: 'undescribed', status: 200 }],
    ['404 in JSON', answered(404, '{"error_msg":"The API does not exist"}'), { kind: 'undescribed', status: 404 }],
    ['401 in JSON', answered(401, '{"error":{"code":401}}'), { kind: 'undescribed', status: 401 }],
    ['401 without a body', answered(401, '', 'text/plain'), { kind: 'undescribed', status: 401 }],
    ['a page', answered(200, '<html></html>', 'text/html'), { kind: 'page', status: 200 }],
    ['404 as a page', answered(404, '<html></html>', 'text/html'), { kind: 'page', status: 404 }],
    ['a redirect', answered(301, '', 'text/html'), { kind: 'redirect', status: 301 }],
    ['503', answered(503, '{}'), { kind: 'failing', status: 503 }],
    ['429', answered(429, '{}'), { kind: 'failing', status: 429 }],
  ] as const) {
    test(what, () => assert.deepEqual(readVersions(answer), expected));
  }

  const nova = answered(200, JSON.stringify({ version: v21('2.93') }));
  const none = answered(404, '{}');
  for (const [what, answers, asked] of [
    ['v2.1 alone, where it has the document', [nova], ['/v2.1/']],
    ['v2.1 and the root, where it has none', [none, nova], ['/v2.1/', '/']],
    ['v2.1 alone, where the cloud fails', [answered(502, '')], ['/v2.1/']],
  ] as const) {
    test(what, async () => {
      const paths: string[] = [];
      await askVersions((path) => Promise.resolve(answers[paths.push(path) - 1] ?? none));
      assert.deepEqual(paths, asked);
    });
  }

  test('v2.1 of a balancer that has another service at its root', async () => {
    const seen = await askVersions((path) =>
      Promise.resolve(path === '/' ? answered(200, '<html>', 'text/html') : none),
    );
    assert.deepEqual(seen, { kind: 'undescribed', status: 404 });
  });
});

describe('the root is asked first where another question needs it too, and v2.1', () => {
  const list93 = answered(200, list(v20, v21('2.93')));
  const own = answered(200, JSON.stringify({ version: v21('2.93') }));
  const page = answered(200, '<html>', 'text/html');
  const none = answered(404, '{}');
  const images = answered(300, list(v21()));
  const broken = new Error('broken');
  for (const [what, root, version, expected] of [
    ['not, where the root has a microversion', list93, undefined, { kind: 'nova', highest: '2.93' }],
    ['where the root is another service', page, own, { kind: 'nova', highest: '2.93' }],
    ['where the root is an image service', images, own, { kind: 'nova', highest: '2.93' }],
    ['where the root breaks off', broken, own, { kind: 'nova', highest: '2.93' }],
    ['where the root lists no v2.1', answered(200, list(v20)), none, { kind: 'old-nova' }],
    ['where neither has a document', none, none, { kind: 'undescribed', status: 404 }],
    ['where v2.1 fails', page, answered(503, ''), { kind: 'failing', status: 503 }],
    ['where both are pages', page, page, { kind: 'page', status: 200 }],
  ] as const) {
    test(what, async () => {
      const seen = await askSharedVersions((path) => {
        const answer = path === '/' ? root : version;
        if (answer === undefined) assert.fail(`${path} is asked`);
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      });
      assert.deepEqual(seen, expected);
    });
  }

  test('without a judgement where the root breaks off and v2.1 decides nothing', () =>
    assert.rejects(
      askSharedVersions((path) => (path === '/' ? Promise.reject(broken) : Promise.resolve(none))),
      broken,
    ));
});

describe('the profile', () => {
  const nova = { kind: 'nova', highest: '2.93' } as const;
  const queens = { kind: 'nova', highest: '2.60' } as const;
  const nothing = { kind: 'undescribed', status: 404 } as const;
  for (const [versions, profile, fits, said] of [
    [nova, 'nova', true, /^This is a Nova up to 2\.93: the profile nova fits$/],
    [nova, 'ecs', false, /^This is a Nova up to 2\.93: your profile is ecs: set upstream\.profile=nova$/],
    [nova, undefined, true, /set upstream\.profile=nova$/],
    [{ kind: 'nova', highest: '2.61' }, 'ecs', false, /up to 2\.61/],
    [queens, 'nova', true, /^This is a Nova up to 2\.60, or an ECS, .*can be right$/],
    [queens, 'ecs', true, /can be right$/],
    [queens, undefined, true, /upstream\.profile=nova for .* upstream\.profile=ecs for/],
    [{ kind: 'nova', highest: undefined }, 'ecs', true, /^This is a Nova, or an ECS/],
    [nothing, 'ecs', true, /no versions document \(404\): an ECS-like API or another service: .*can be right$/],
    [nothing, 'nova', false, /your profile is nova: .*if this is an ECS, set upstream\.profile=ecs$/],
    [nothing, undefined, true, /set upstream\.profile=ecs$/],
    [{ kind: 'old-nova' }, 'nova', false, /without v2\.1/],
    [{ kind: 'page', status: 200 }, 'ecs', false, /another service: check that upstream\.url/],
    [{ kind: 'redirect', status: 301 }, 'nova', false, /set upstream\.url/],
    [{ kind: 'failing', status: 503 }, 'nova', false, /answers 503/],
  ] as const) {
    const highest = 'highest' in versions ? (versions.highest ?? 'unknown') : '';
    test(`${profile ?? 'that is not set'} ${fits ? 'fits' : 'does not fit'} ${versions.kind} ${highest}`, () => {
      const verdict = judgeProfile(versions, profile);
      assert.equal(verdict.fits, fits);
      assert.match(`${verdict.seen}: ${verdict.advice}`, said);
    });
  }
});

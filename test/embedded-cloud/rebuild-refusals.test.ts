import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IMAGE, assertFault, sendRebuild, startScene } from './cloud-caller.ts';

const file = { path: '/etc/banner.txt', contents: 'eA==' };
const items = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, '']));

for (const { what, image } of [
  { what: 'does not exist', image: '00000000-0000-4000-8000-000000000000' },
  { what: 'is written in upper case', image: IMAGE.toUpperCase() },
  { what: 'is written without hyphens', image: IMAGE.replaceAll('-', '') },
  { what: 'is written as a URN', image: `urn:uuid:${IMAGE}` },
  { what: 'is written in braces', image: `{${IMAGE}}` },
]) {
  test(`an image that ${what} cannot be found`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await sendRebuild(cloud, { imageRef: image });
    assertFault(reply, 400, 'badRequest', 'Cannot find image for rebuild');
  });
}

test('a rebuild may name each of the three images', async (t) => {
  const { cloud, clock } = await startScene(t);
  for (const imageRef of cloud.images) {
    assert.equal((await sendRebuild(cloud, { imageRef })).status, 202);
    clock.now += 10_000;
  }
  assert.equal(cloud.images.length, 3);
});

test('an unknown key pair is reported before an unknown image', async (t) => {
  const { cloud } = await startScene(t);
  const members = { key_name: 'no-such-key', imageRef: '00000000-0000-4000-8000-000000000000' };
  assertFault(await sendRebuild(cloud, members, 54), 400, 'badRequest', 'Invalid key_name provided.');
});

for (const { what, members, message } of [
  {
    what: '129 items of metadata',
    members: { metadata: items(129) },
    message: 'Maximum number of metadata items exceeds 128',
  },
  {
    what: 'six files',
    members: { personality: Array.from({ length: 6 }, () => file) },
    message: 'Personality file limit exceeded',
  },
  {
    what: 'a path of 256 characters',
    members: { personality: [{ ...file, path: '/'.padEnd(256, 'x') }] },
    message: 'Personality file path exceeds maximum 255',
  },
  {
    what: 'contents of 10244 characters',
    members: { personality: [{ ...file, contents: 'A'.repeat(10_244) }] },
    message: 'Personality file content exceeds maximum 10240',
  },
]) {
  test(`${what} are over the quota: 403`, async (t) => {
    const { cloud } = await startScene(t);
    assertFault(await sendRebuild(cloud, members), 403, 'forbidden', message);
  });
}

test('a rebuild may use the quotas in full', async (t) => {
  const { cloud } = await startScene(t);
  const largest = { path: '/'.padEnd(255, 'x'), contents: 'A'.repeat(10_240) };
  const reply = await sendRebuild(
    cloud,
    { metadata: items(128), personality: Array.from({ length: 5 }, () => largest) },
    56,
  );
  assert.equal(reply.status, 202);
});

for (const { what, broken, error } of [
  { what: 'without a path', broken: { contents: 'eA==' }, error: 'KeyError' },
  { what: 'without contents', broken: { path: '/etc/banner.txt' }, error: 'KeyError' },
  { what: 'with contents outside ASCII', broken: { path: '/x', contents: 'é' }, error: 'UnicodeDecodeError' },
]) {
  test(`a file ${what} is a 500, as in Nova`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await sendRebuild(cloud, { personality: [broken] });
    assertFault(reply, 500, 'computeFault', new RegExp(`^Unexpected API Error\\..*<class '${error}'>$`, 's'));
  });
}

test('a refused rebuild changes nothing', async (t) => {
  const { cloud } = await startScene(t);
  const before = structuredClone(cloud.servers[0]);
  await sendRebuild(cloud, { name: 'other', metadata: items(129) });
  assert.deepEqual(cloud.servers[0], before);
});

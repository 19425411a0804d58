import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IMAGE, assertFault, rebuild, startScene } from './cloud-caller.ts';

const file = { path: '/etc/banner.txt', contents: 'eA==' };
const items = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, '']));

for (const { what, image } of [
  { what: 'is not there', image: '00000000-0000-4000-8000-000000000000' },
  { what: 'is written in upper case', image: IMAGE.toUpperCase() },
  { what: 'is written without hyphens', image: IMAGE.replaceAll('-', '') },
  { what: 'is written as a URN', image: `urn:uuid:${IMAGE}` },
  { what: 'is written in braces', image: `{${IMAGE}}` },
]) {
  test(`an image that ${what} cannot be found`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await rebuild(cloud, { imageRef: image });
    assertFault(reply, 400, 'badRequest', 'Cannot find image for rebuild');
  });
}

test('each of the three images can be found', async (t) => {
  const { cloud, clock } = await startScene(t);
  for (const imageRef of cloud.images) {
    assert.equal((await rebuild(cloud, { imageRef })).status, 202);
    clock.now += 10_000;
  }
  assert.equal(cloud.images.length, 3);
});

test('a key pair that is not there is told before the image', async (t) => {
  const { cloud } = await startScene(t);
  const members = { key_name: 'no-such-key', imageRef: '00000000-0000-4000-8000-000000000000' };
  assertFault(await rebuild(cloud, members, 54), 400, 'badRequest', 'Invalid key_name provided.');
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
    assertFault(await rebuild(cloud, members), 403, 'forbidden', message);
  });
}

test('the quotas themselves can be used up', async (t) => {
  const { cloud } = await startScene(t);
  const largest = { path: '/'.padEnd(255, 'x'), contents: 'A'.repeat(10_240) };
  const reply = await rebuild(
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
  test(`a file ${what} is Nova's own 500`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await rebuild(cloud, { personality: [broken] });
    assertFault(reply, 500, 'computeFault', new RegExp(`^Unexpected API Error\\..*<class '${error}'>$`, 's'));
  });
}

test('a refused rebuild changes nothing', async (t) => {
  const { cloud } = await startScene(t);
  const before = structuredClone(cloud.servers[0]);
  await rebuild(cloud, { name: 'other', metadata: items(129) });
  assert.deepEqual(cloud.servers[0], before);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deleteImage, listImagesDetail, showImage } from '../../../src/compute/operations/images.ts';
import type { Infer } from '../../../src/schema/infer.ts';
import { named, pauses, type XmlSession } from '../xml-session.ts';

const compute = 'http://docs.openstack.org/compute/api/v1.1';

/** Images of servers: made, read, described, deleted. */
export function takesSnapshots(open: () => XmlSession): void {
  for (const version of ['v2', 'v1.1'] as const)
    test(`makes an image of a server, which Location names at the gateway, and deletes it (${version})`, async () => {
      const session = open().as({ version });
      const server = session.cloud.servers[1] ?? '';
      const { location } = await session.ask(named('createImage'), `servers/${server}/action`, {
        body: `<createImage xmlns="${compute}" name="snap shot"><metadata><meta key="ImageType">Gold &amp; co</meta></metadata></createImage>`,
      });
      const images = `${session.gateway.url}/${version}/${session.cloud.projectId}/images/`;
      assert.ok(location !== undefined && location.startsWith(images));
      const id = location.slice(images.length);
      const image = await untilActive(session, location);
      assert.deepEqual([image.id, image.name, image.server?.id], [id, 'snap shot', server]);
      assert.equal(image.metadata?.['ImageType'], 'Gold & co');
      const { content: listed } = await session.ask(listImagesDetail, `images/detail?server=${server}`);
      assert.deepEqual(
        listed.images?.map((each) => each.id),
        [id],
      );
      await session.until(server, 'ACTIVE');
      await describe(session, `images/${id}/metadata`);
      await session.ask(deleteImage, `images/${id}`);
      await session.refused(showImage, `images/${id}`, 404, 'itemNotFound');
      await session.refused(deleteImage, `images/${id}`, 404, 'itemNotFound');
      await session.refused(named('listImageMetadata'), `images/${id}/metadata`, 404, 'itemNotFound');
    });

  test('makes a backup of a server', async () => {
    const session = open();
    const { location } = await session.ask(named('createBackup'), `servers/${session.cloud.servers[1]}/action`, {
      body: '<createBackup><name>back up</name><backup_type>daily</backup_type><rotation>1</rotation></createBackup>',
    });
    const image = await untilActive(session, location ?? '');
    assert.equal(image.name, 'back up');
    await session.ask(deleteImage, `images/${image.id}`);
  });
}

async function untilActive(session: XmlSession, location: string): Promise<Infer<typeof showImage.answer.content>> {
  for (const pause of pauses('the image is there in time')) {
    await pause();
    const { content } = await session.follow(showImage, location);
    if (content.status === 'ACTIVE') return content;
    assert.equal(content.status, 'SAVING');
  }
  return assert.fail();
}

/** Test all calls for the metadata of an image. */
async function describe(session: XmlSession, all: string): Promise<void> {
  const { content: listed } = await session.ask(named('listImageMetadata'), all);
  assert.equal(listed['image_type'], 'snapshot');
  const { content: added } = await session.ask(named('updateImageMetadata'), all, {
    body: '<metadata><meta key="added">1</meta></metadata>',
  });
  assert.deepEqual(added, { ...listed, added: '1' });
  const body = `<meta xmlns="${compute}" key="a key">its value</meta>`;
  const { content: set } = await session.ask(named('setImageMetadataItem'), `${all}/a%20key`, { body });
  assert.deepEqual(set, { 'a key': 'its value' });
  const { content: shown } = await session.ask(named('showImageMetadataItem'), `${all}/a%20key`);
  assert.deepEqual(shown, { 'a key': 'its value' });
  await session.ask(named('deleteImageMetadataItem'), `${all}/a%20key`);
  await session.refused(named('showImageMetadataItem'), `${all}/a%20key`, 404, 'itemNotFound');
  const { content: replaced } = await session.ask(named('replaceImageMetadata'), all, {
    body: '<metadata><meta key="only">this</meta></metadata>',
  });
  assert.deepEqual(replaced, { only: 'this' });
}

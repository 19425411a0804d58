import assert from 'node:assert/strict';
import { test } from 'node:test';
import { named, type XmlSession } from '../xml-session.ts';

const compute = 'http://docs.openstack.org/compute/api/v1.1';

/** The metadata of a server: all of it, and item by item. */
export function changesMetadata(open: () => XmlSession, server: () => string): void {
  test('adds to the metadata, replaces it, and sets, reads and removes items, one with a space in its key', async () => {
    const session = open();
    const all = `servers/${server()}/metadata`;
    const item = `${all}/my%20key`;
    const added = await session.ask(named('updateServerMetadata'), all, {
      body: `<metadata xmlns="${compute}"><meta key="new key">n &amp; v</meta></metadata>`,
    });
    assert.deepEqual(added.content, { 'My Server Name': 'Apache1 & <co>', 'new key': 'n & v' });
    const replaced = await session.ask(named('replaceServerMetadata'), all, {
      body: '<metadata><meta key="only">é€\u{1F600}</meta><meta key="empty"/></metadata>',
    });
    assert.deepEqual(replaced.content, { only: 'é€\u{1F600}', empty: '' });
    const set = await session.ask(named('setServerMetadataItem'), item, { body: '<meta key="my key">my value</meta>' });
    assert.deepEqual(set.content, { 'my key': 'my value' });
    const { content: shown } = await session.ask(named('showServerMetadataItem'), item);
    assert.deepEqual(shown, { 'my key': 'my value' });
    await session.ask(named('deleteServerMetadataItem'), item);
    await session.refused(named('showServerMetadataItem'), item, 404, 'itemNotFound');
    await session.refused(named('deleteServerMetadataItem'), item, 404, 'itemNotFound');
    // Tempest sent no namespace, and one slash too many.
    const { content: left } = await session.ask(named('listServerMetadata'), `/${all}`);
    assert.deepEqual(left, { only: 'é€\u{1F600}', empty: '' });
  });

  test('is refused metadata with another key, a blank one, too much of it, or a key that modern clouds cannot have', async () => {
    const session = open();
    const all = `servers/${server()}/metadata`;
    const other = '<meta key="other">v</meta>';
    await session.refused(named('setServerMetadataItem'), `${all}/my%20key`, 400, 'badRequest', other);
    const blank = '<metadata><meta>v</meta></metadata>';
    await session.refused(named('updateServerMetadata'), all, 400, 'badRequest', blank);
    const long = `<metadata><meta key="long">${'x'.repeat(256)}</meta></metadata>`;
    await session.refused(named('updateServerMetadata'), all, 413, 'overLimit', long);
    const strange = '<metadata><meta key="clé">v</meta></metadata>';
    await session.refused(named('updateServerMetadata'), all, 400, 'badRequest', strange);
    const many = Array.from({ length: 129 }, (_, index) => `<meta key="k${index}">v</meta>`).join('');
    await session.refused(named('updateServerMetadata'), all, 413, 'overLimit', `<metadata>${many}</metadata>`);
  });
}

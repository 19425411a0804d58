import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeypair, deleteKeypair, listKeypairs, showKeypair } from '../../../src/compute/operations/keypairs.ts';
import type { XmlSession } from '../xml-session.ts';

const publicKey =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDx8nkQv/zgGgB4rMYmIf+6A4l6Rr+o/6lHBQdW5aYd44bd8JttDCE/F/pNRr0lRE+PiqSPO8nDPH' +
  'w0010JeMH9gYgnnFlyY3/OcJ02RhIPyyxYpzAWmRlBmoulSw4cJ0tR0dCaFxRz8wTqAjEX/YCWHfNpSWyfsXcJCRVy5Wzntw== sandbox';

/** The name of the key pair that the session's server gets. */
export const keyName = 'my key';

/** Key pairs: one of the caller's own, one that the cloud makes. */
export function makesKeypairs(open: () => XmlSession): void {
  test('hands in a public key with line ends around it, which legacy Nova lost', async () => {
    const body = `<keypair><name>${keyName}</name><public_key>\n${publicKey}\n</public_key></keypair>`;
    const { content } = await open().ask(createKeypair, 'os-keypairs', { body });
    assert.equal(content['public_key'], publicKey);
    assert.equal(content['fingerprint'], '40:b8:4c:85:46:ef:d7:e4:37:48:7a:f3:1c:38:28:6b');
    assert.equal(content['private_key'], undefined);
    const { content: shown } = await open().ask(showKeypair, `os-keypairs/${encodeURIComponent(keyName)}`);
    assert.equal(shown['name'], keyName);
  });

  test('lets the cloud make a key pair, reads its private key, and deletes it', async () => {
    const session = open();
    const made = await session.ask(createKeypair, 'os-keypairs', {
      body: '<?xml version="1.0"?><keypair name="made"/>',
    });
    assert.match(
      made.content['private_key'] ?? '',
      /^-----BEGIN RSA PRIVATE KEY-----\n[\s\S]*-----END RSA PRIVATE KEY-----\n$/,
    );
    assert.match(made.content['public_key'] ?? '', /^ssh-rsa /);
    const { document: all } = await session.ask(listKeypairs, 'os-keypairs');
    assert.deepEqual(
      Array.from(all.matchAll(/<keypair><name>([^<]*)<\/name>/g), ([, name]) => name),
      ['made', keyName, 'sandbox-key'],
    );
    await session.ask(deleteKeypair, 'os-keypairs/made');
    await session.refused(showKeypair, 'os-keypairs/made', 404, 'itemNotFound');
    await session.refused(deleteKeypair, 'os-keypairs/made', 404, 'itemNotFound');
  });

  test('is refused a key pair that there is, and a key that is none', async () => {
    const session = open();
    const again = `<keypair><name>${keyName}</name></keypair>`;
    await session.refused(createKeypair, 'os-keypairs', 409, 'conflictingRequest', again);
    const broken = '<keypair><name>broken</name><public_key>none</public_key></keypair>';
    await session.refused(createKeypair, 'os-keypairs', 400, 'badRequest', broken);
    const nameless = '<keypair><public_key>none</public_key></keypair>';
    await session.refused(createKeypair, 'os-keypairs', 400, 'badRequest', nameless);
  });
}

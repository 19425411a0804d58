import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';

const BITS = 2048;

/** A new key pair: the private key in PEM, the public one in OpenSSH's form. */
export interface SshKey {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** Generate an RSA key pair. */
export function makeSshKey(): SshKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: BITS,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const { e = '', n = '' } = createPublicKey(publicKey).export({ format: 'jwk' });
  const blob = Buffer.concat([sshText(Buffer.from('ssh-rsa')), sshNumber(e), sshNumber(n)]);
  return { privateKey, publicKey: `ssh-rsa ${blob.toString('base64')} Generated-by-Nova` };
}

/** Compute the fingerprint of a public key in OpenSSH's form; undefined if it is none. */
export function fingerprintOf(publicKey: string): string | undefined {
  const [, type = '', encoded = ''] = /^(\S+)\s+([A-Za-z0-9+/]+=*)(?:\s|$)/.exec(publicKey) ?? [];
  const blob = Buffer.from(encoded, 'base64');
  if (type === '' || !blob.subarray(0, type.length + 4).equals(sshText(Buffer.from(type)))) return undefined;
  return createHash('md5')
    .update(blob)
    .digest('hex')
    .replace(/(..)(?!$)/g, '$1:');
}

/** Write a text as SSH does: its length in four bytes, then its bytes. */
function sshText(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Write a positive number as SSH does; a zero byte keeps the first bit from being a sign. */
function sshNumber(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return sshText((bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]));
}

import { randomBytes } from 'node:crypto';
import type { IdentityProfile } from '../accounts/identity-profiles.ts';

/** The parts of a token that decide the length of its text, as in Fernet. */
interface TokenContent {
  readonly hasProject: boolean;
  readonly auditIds: number;
  readonly issued: number;
}

/** Make the text of a token: random, but as long as those of the cloud, and with their first characters. */
export function makeTokenText(form: IdentityProfile['tokenForm'], content: TokenContent): string {
  return FORMS[form](content);
}

/** The blocks of AES in a Fernet token that has neither a project nor a second audit id. */
const FEWEST_BLOCKS = 4;
const BLOCK_BYTES = 16;
const INITIALIZATION_BYTES = 16;
const SIGNATURE_BYTES = 32;

/** The length in IAM's samples, which begin with `MIIPAgYJ`. */
const SIGNED_BYTES = 0x0f02;

/** A DER sequence of two bytes of length, and the object identifier of signed data. */
const SIGNED_START = Buffer.from([0x30, 0x82, SIGNED_BYTES >> 8, SIGNED_BYTES & 0xff, ...signedDataIdentifier()]);

const FORMS: Readonly<Record<IdentityProfile['tokenForm'], (content: TokenContent) => string>> = {
  fernet: ({ hasProject, auditIds, issued }) => {
    const start = Buffer.alloc(9);
    start.writeUInt8(0x80);
    start.writeBigUInt64BE(BigInt(Math.floor(issued / 1000)), 1);
    const blocks = FEWEST_BLOCKS + (hasProject ? 1 : 0) + (auditIds - 1);
    const rest = randomBytes(INITIALIZATION_BYTES + blocks * BLOCK_BYTES + SIGNATURE_BYTES);
    return Buffer.concat([start, rest]).toString('base64url');
  },
  signed: () => {
    const rest = randomBytes(SIGNED_BYTES + 4 - SIGNED_START.length);
    return Buffer.concat([SIGNED_START, rest]).toString('base64').replaceAll('/', '-');
  },
};

function signedDataIdentifier(): Buffer {
  return Buffer.from('06092a864886f70d010702', 'hex');
}

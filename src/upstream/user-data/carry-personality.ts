import { gunzipSync, gzipSync } from 'node:zlib';
import { Fault } from '../../fault.ts';
import type { Unaided } from '../../schema/unaided.ts';
import type { Carry, ExistingValues } from '../profile.ts';
import { base } from '../microversion.ts';
import { rebuildUserDataVersion } from '../treatments.ts';
import { writeFiles, type InjectedFile } from './cloud-config.ts';
import { tooMuch, type UserDataRules } from './limit.ts';
import { joinUserData, withoutPersonality } from './multipart.ts';

/** The options for a rebuild, which accepts user_data since 2.57; the server may already have user data. */
const ofRebuild = { since: rebuildUserDataVersion, present: 'OS-EXT-SRV-ATTR:user_data' } as const;

/** The options for a create, which always accepts user_data; a new server has only the caller's. */
export const ofNewServer = { since: base } as const;

/**
 * The largest user data after decompression, in bytes: eight times what clouds accept. It is searched, joined and compressed
 * again at once, and a mebibyte of that would hold the event loop for 100 ms.
 */
const mostUnpacked = 262_144;

const subject = 'Personality files exceed';

/**
 * Make the treatment that carries files in user_data, as cloud-config from which cloud-init writes them at first boot. The
 * cloud-config is joined to the caller's user data, or else to the server's, which the new user_data would replace. It is
 * compressed with gzip only if it does not fit otherwise.
 *
 * The treatment throws faults: 413 overLimit for files that do not fit; 400 for a path that no file can have, and for user
 * data of the caller that cannot be joined; 409 for user data of the server that cannot be joined.
 * @param unaided the verdict of the cloud on personality
 */
export function carryPersonality(
  { permissions, maxBytes }: UserDataRules,
  unaided: Unaided,
  of: Pick<Carry, 'since' | 'present'> = ofRebuild,
): Carry {
  return {
    kind: 'carry',
    unaided,
    to: 'user_data',
    ...of,
    how: 'written by cloud-init at first boot (write_files)',
    omittedBecause: 'it has no path',
    select: (value, at) => {
      const files = asFiles(value);
      files.forEach(({ path }, index) => requireFilePath(path, `${at}[${index}].path`));
      const named = files.filter(({ path }) => path !== '');
      const omitted = files.flatMap(({ path }, index) => (path === '' ? [String(index)] : []));
      return { value: named.length === 0 ? undefined : named, omitted };
    },
    carry: (selected, existing) => pack(asFiles(selected), existing, permissions, maxBytes),
  };
}

/** Refuse a path that no file can have: cloud-init would skip all files because of it. @throws {Fault} 400 */
function requireFilePath(path: string, at: string): void {
  if (path.isWellFormed() && !path.includes('\0')) return;
  throw Fault.invalid(at, 'is not a valid file path.');
}

/** Cast a value that has been checked against the description, in which personality is a list of files. */
function asFiles(value: unknown): readonly InjectedFile[] {
  return value as readonly InjectedFile[];
}

function pack(files: readonly InjectedFile[], existing: ExistingValues, permissions: string, maxBytes: number): string {
  const kept = userDataToKeep(existing);
  const config = Buffer.from(writeFiles(files, permissions, kept !== undefined));
  return encode(kept === undefined ? config : joinUserData(kept, config), maxBytes);
}

/**
 * Decode the user data that the files are joined to; undefined for none. The caller's own is never cut, whatever it looks
 * like. The server's loses the files of an earlier rebuild, which the new ones replace.
 */
function userDataToKeep({ given, present, at }: ExistingValues): Buffer | undefined {
  if (given !== undefined) return decodeGiven(given, at);
  const before = decodePresent(present);
  return before === undefined ? undefined : withoutPersonality(before);
}

function encode(data: Buffer, maxBytes: number): string {
  const fitting = data.length <= maxBytes ? data : gzipSync(data, { level: 9 });
  if (fitting.length > maxBytes) {
    throw tooMuch(subject, `${fitting.length} bytes of user data, of ${maxBytes} allowed`);
  }
  return fitting.toString('base64');
}

/** Decode and decompress the caller's user data; undefined for none. @throws {Fault} 400 for user data that is not base64, or is broken gzip */
function decodeGiven(value: unknown, at: string): Buffer | undefined {
  const data = decode(value);
  if (data === 'no base64') throw Fault.invalid(at, 'must be base64, to be joined with personality.');
  return unpack(data, () => Fault.invalid(at, 'cannot be decompressed, to be joined with personality.'));
}

/** Decode and decompress the server's user data; a text that is not base64 is kept unchanged. @throws {Fault} 409 for broken gzip */
function decodePresent(value: unknown): Buffer | undefined {
  const data = decode(value);
  const message = "The server's present user data cannot be decompressed, so personality cannot be joined to it.";
  return unpack(
    data === 'no base64' ? Buffer.from(String(value)) : data,
    (cause) => new Fault(409, message, { reason: 'present-user-data', cause }),
  );
}

function decode(value: unknown): Buffer | 'no base64' | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const bytes = Buffer.from(value, 'base64');
  return bytes.toString('base64') === value.replace(/\s+/g, '') ? bytes : 'no base64';
}

function unpack(data: Buffer | undefined, broken: (cause: unknown) => Fault): Buffer | undefined {
  if (data === undefined || !isGzip(data)) return data;
  try {
    return gunzipSync(data, { maxOutputLength: mostUnpacked });
  } catch (cause) {
    throw isTooLarge(cause)
      ? tooMuch(subject, 'user data to join personality to that is too large', cause)
      : broken(cause);
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

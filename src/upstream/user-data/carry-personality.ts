import { gunzipSync, gzipSync } from 'node:zlib';
import { Fault } from '../../fault.ts';
import type { Carry, Load } from '../profile.ts';
import { base } from '../microversion.ts';
import { withUserData } from '../treatments.ts';
import { writeFiles, type InjectedFile } from './cloud-config.ts';
import { joinUserData, withoutPersonality } from './multipart.ts';

/** How files travel as user_data. */
export interface UserDataRules {
  /** The files' mode, octal. */
  readonly permissions: string;
  /** The most bytes of user data before base64. */
  readonly maxBytes: number;
}

/** A server that is there may have user data, which a rebuild takes only lately. */
const ofPresentServer = { since: withUserData, present: 'OS-EXT-SRV-ATTR:user_data' } as const;

/** A new server has none but the caller's. */
export const ofNewServer = { since: base } as const;

/** What gzip'd user data may hold at the most, in bytes: it is unpacked here, to be joined. */
const mostUnpacked = 1_048_576;

/**
 * Files as user_data: cloud-config that cloud-init carries out at first boot. It is joined to the caller's own user data,
 * or else to the server's, which sending user_data would replace; gzip'd where it would not fit otherwise.
 * @throws {Fault} 413 overLimit where it cannot fit; 400 for a path that no file can have, and for user data of the
 *   caller's that cannot be joined; 409 for the server's that cannot
 */
export function carryPersonality(
  { permissions, maxBytes }: UserDataRules,
  beginning: Pick<Carry, 'since' | 'present'> = ofPresentServer,
): Carry {
  return {
    kind: 'carry',
    to: 'user_data',
    ...beginning,
    how: 'written by cloud-init at first boot (write_files)',
    leftBecause: 'it has no path',
    select: (value, at) => {
      const files = asFiles(value);
      files.forEach(({ path }, index) => mustNameFile(path, `${at}[${index}].path`));
      const named = files.filter(({ path }) => path !== '');
      const left = files.flatMap(({ path }, index) => (path === '' ? [String(index)] : []));
      return { value: named.length === 0 ? undefined : named, left };
    },
    carry: (selected, load) => pack(asFiles(selected), load, permissions, maxBytes),
  };
}

/** No file has such a name, and cloud-init would throw away all files for the sake of it. */
function mustNameFile(path: string, at: string): void {
  if (path.isWellFormed() && !path.includes('\0')) return;
  throw Fault.invalid(at, 'is no path that a file can have.');
}

/** The description makes personality a list of such files. */
function asFiles(value: unknown): readonly InjectedFile[] {
  return value as readonly InjectedFile[];
}

function pack(files: readonly InjectedFile[], load: Load, permissions: string, maxBytes: number): string {
  const before = load.given === undefined ? decodePresent(load.present) : decodeGiven(load.given, load.at);
  const kept = before === undefined ? undefined : withoutPersonality(before);
  const config = writeFiles(files, permissions, kept !== undefined);
  return encode(kept === undefined ? Buffer.from(config) : joinUserData(kept, config), maxBytes);
}

function encode(data: Buffer, maxBytes: number): string {
  const fitting = data.length <= maxBytes ? data : gzipSync(data, { level: 9 });
  if (fitting.length > maxBytes) {
    throw tooMuch(`${fitting.length} bytes of user data, of ${maxBytes} allowed`);
  }
  return fitting.toString('base64');
}

/** The caller's user data, unpacked; undefined for none. @throws {Fault} 400 for what a cloud would not take either */
function decodeGiven(value: unknown, at: string): Buffer | undefined {
  const data = decode(value);
  if (data === 'no base64') throw Fault.invalid(at, 'must be base64, to be joined with personality.');
  return unpack(data, () => Fault.invalid(at, 'cannot be unpacked, to be joined with personality.'));
}

/** The server's user data, unpacked; a cloud shows base64, and what is none is kept as it is. @throws {Fault} 409 for broken gzip */
function decodePresent(value: unknown): Buffer | undefined {
  const data = decode(value);
  const message = "The server's present user data cannot be unpacked, so personality cannot be joined to it.";
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
    throw isTooLarge(cause) ? tooMuch('user data to join personality to that is too large', cause) : broken(cause);
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** Legacy Nova's fault for more files than it took. */
function tooMuch(what: string, cause?: unknown): Fault {
  const message = `Personality files exceed what this cloud takes: ${what}.`;
  return new Fault(413, message, { reason: 'quota-user-data', retryAfter: '0', cause });
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

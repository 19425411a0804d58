import { gunzipSync, gzipSync } from 'node:zlib';
import { Fault } from '../../fault.ts';
import { microversion } from '../microversion.ts';
import type { Carry, Load } from '../profile.ts';
import { writeFiles, type InjectedFile } from './cloud-config.ts';
import { joinUserData, withoutPersonality } from './multipart.ts';

const userData = 'rebuild.user_data';

/** How files travel as user_data. */
export interface UserDataRules {
  /** The files' mode, octal. */
  readonly permissions: string;
  /** The most bytes of user data before base64. */
  readonly maxBytes: number;
}

/** What gzip'd user data may hold at the most, in bytes: it is unpacked here, to be joined. */
const mostUnpacked = 1_048_576;

/**
 * Files as user_data: cloud-config that cloud-init carries out at first boot. It is joined to the caller's own user data,
 * or else to the server's, which sending user_data would replace; gzip'd where it would not fit otherwise.
 * @throws {Fault} 413 overLimit where it cannot fit, 400 where it would have to be joined to what is no base64
 */
export function carryPersonality({ permissions, maxBytes }: UserDataRules): Carry {
  return {
    kind: 'carry',
    to: 'user_data',
    since: microversion('2.57'),
    present: 'OS-EXT-SRV-ATTR:user_data',
    how: 'written by cloud-init at first boot (write_files)',
    select: (value) => {
      const files = asFiles(value);
      files.forEach(mustNameFile);
      const named = files.filter(({ path }) => path !== '');
      const left = files.flatMap(({ path }, index) => (path === '' ? [`personality.${index}`] : []));
      return { value: named.length === 0 ? undefined : named, left };
    },
    carry: (selected, load) => pack(asFiles(selected), load, permissions, maxBytes),
  };
}

/** No file has such a name, and cloud-init would throw away all files for the sake of it. */
function mustNameFile({ path }: InjectedFile, index: number): void {
  if (path.isWellFormed() && !path.includes('\0')) return;
  throw Fault.invalid(`rebuild.personality[${index}].path`, 'is no path that a file can have.');
}

/** The description makes personality a list of such files. */
function asFiles(value: unknown): readonly InjectedFile[] {
  return value as readonly InjectedFile[];
}

function pack(files: readonly InjectedFile[], load: Load, permissions: string, maxBytes: number): string {
  const before = decode(load.given === undefined ? load.present : load.given, load.given !== undefined);
  const kept = before === undefined ? undefined : withoutPersonality(before);
  const config = writeFiles(files, permissions);
  return encode(kept === undefined ? Buffer.from(config) : joinUserData(kept, config), maxBytes);
}

function encode(data: Buffer, maxBytes: number): string {
  const fitting = data.length <= maxBytes ? data : gzipSync(data, { level: 9 });
  if (fitting.length > maxBytes) {
    throw tooMuch(`${fitting.length} bytes of user data, of ${maxBytes} allowed`);
  }
  return fitting.toString('base64');
}

/** User data as it will reach the server, unpacked; undefined for none. */
function decode(value: unknown, isCallers: boolean): Buffer | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const bytes = Buffer.from(value, 'base64');
  const isBase64 = bytes.toString('base64') === value.replace(/\s+/g, '');
  if (!isBase64 && isCallers) throw Fault.invalid(userData, 'must be base64, to be joined with personality.');
  // A cloud shows base64; what is none is kept as it is.
  const data = isBase64 ? bytes : Buffer.from(value);
  return isGzip(data) ? unpack(data, isCallers) : data;
}

function unpack(data: Buffer, isCallers: boolean): Buffer {
  try {
    return gunzipSync(data, { maxOutputLength: mostUnpacked });
  } catch (cause) {
    if (isTooLarge(cause)) throw tooMuch('user data to join personality to that is too large', cause);
    if (isCallers) throw Fault.invalid(userData, 'cannot be unpacked, to be joined with personality.');
    const message = "The server's present user data cannot be unpacked, so personality cannot be joined to it.";
    throw new Fault(409, message, { reason: 'present-user-data', cause });
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

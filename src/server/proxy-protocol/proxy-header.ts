import { isIPv4, isIPv6 } from 'node:net';
import { crc32c } from './crc32c.ts';

/** The client of a connection, as its PROXY header names it. */
export interface ProxiedClient {
  readonly address: string;
  readonly port: number;
}

/** A PROXY header, as far as it has been received. */
export type ProxyHeader =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid' }
  /** `client` is undefined where the header leaves the address of the socket: UNKNOWN, LOCAL, and families other than TCP. */
  | { readonly kind: 'whole'; readonly length: number; readonly client: ProxiedClient | undefined };

const incomplete: ProxyHeader = { kind: 'incomplete' };
const invalid: ProxyHeader = { kind: 'invalid' };

/** The longest line of version 1, with its CRLF. */
const longestLine = 107;
const lineStart = Buffer.from('PROXY ');
const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const fixedPart = 16;
/**
 * The longest header of version 2. Addresses and what HAProxy and clouds add to them have some hundred bytes; the field for the
 * length would allow 64 KiB, which each connection could make the gateway hold.
 */
export const longestHeader = 4096;

/** Read the PROXY header, of version 1 or 2, at the beginning of a connection. */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  if (startsAlike(bytes, signature)) return bytes.length < fixedPart ? incomplete : readBinary(bytes);
  return startsAlike(bytes, lineStart) ? readLine(bytes) : invalid;
}

/** Check that the bytes begin with others, as far as there are any. */
function startsAlike(bytes: Buffer, start: Buffer): boolean {
  const length = Math.min(bytes.length, start.length);
  return bytes.subarray(0, length).equals(start.subarray(0, length));
}

/** Read version 1: `PROXY TCP4 client server port port`. */
function readLine(bytes: Buffer): ProxyHeader {
  const end = bytes.subarray(0, longestLine).indexOf('\r\n');
  if (end === -1) return bytes.length < longestLine ? incomplete : invalid;
  const length = end + 2;
  const [, family, ...fields] = bytes.toString('latin1', 0, end).split(' ');
  if (family === 'UNKNOWN') return { kind: 'whole', length, client: undefined };
  const isAddress = { TCP4: isIPv4, TCP6: isIPv6 }[family ?? ''];
  const [address = '', server = '', port = '', serverPort = '', ...more] = fields;
  if (isAddress === undefined || !isAddress(address) || !isAddress(server) || more.length > 0) return invalid;
  if (!isPort(port) || !isPort(serverPort)) return invalid;
  return { kind: 'whole', length, client: { address, port: Number(port) } };
}

function isPort(text: string): boolean {
  return /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;
}

const version2 = 2;
const commands = { local: 0, proxy: 1 } as const;

/** The families that have an address of TCP: where their addresses end, and how they are printed. */
const families: ReadonlyMap<number, { readonly size: number; readonly print: (bytes: Buffer) => string }> = new Map([
  [0x11, { size: 4, print: (bytes: Buffer) => bytes.join('.') }],
  [0x21, { size: 16, print: printIPv6 }],
]);
/** The sizes of the addresses of the other families: unspecified, UDP, and unix sockets. */
const otherSizes: ReadonlyMap<number, number> = new Map([
  [0x00, 0],
  [0x12, 12],
  [0x22, 36],
  [0x31, 216],
  [0x32, 216],
]);

/** Read version 2, of which the fixed part is there. */
function readBinary(bytes: Buffer): ProxyHeader {
  const command = bytes.readUInt8(12) & 0x0f;
  const length = fixedPart + bytes.readUInt16BE(14);
  const isKnown = bytes.readUInt8(12) >> 4 === version2 && command <= commands.proxy;
  if (!isKnown || length > longestHeader) return invalid;
  if (bytes.length < length) return incomplete;
  const header = bytes.subarray(0, length);
  if (command === commands.local) return { kind: 'whole', length, client: undefined };
  const family = header.readUInt8(13);
  const inet = families.get(family);
  const size = inet === undefined ? otherSizes.get(family) : 2 * inet.size + 4;
  if (size === undefined || fixedPart + size > length || !hasGoodFields(header, fixedPart + size)) return invalid;
  if (inet === undefined) return { kind: 'whole', length, client: undefined };
  const address = inet.print(header.subarray(fixedPart, fixedPart + inet.size));
  return { kind: 'whole', length, client: { address, port: header.readUInt16BE(fixedPart + 2 * inet.size) } };
}

/** Print an IPv6 address. All IPv6 addresses have one spelling in logs and lists only if one function prints them. */
function printIPv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(2 * at).toString(16));
  // URL knows the short spelling (RFC 5952); node itself has no function for it.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

const checksumType = 0x03;
const checksumSize = 4;

/** Check the fields (type, length, value) behind the addresses, and the checksum if one of them is that. */
function hasGoodFields(header: Buffer, from: number): boolean {
  let at = from;
  while (at < header.length) {
    if (at + 3 > header.length) return false;
    const value = at + 3;
    const size = header.readUInt16BE(at + 1);
    if (value + size > header.length) return false;
    if (header.readUInt8(at) === checksumType && (size !== checksumSize || !isIntact(header, value))) return false;
    at = value + size;
  }
  return true;
}

/** Check the checksum, which is computed over the whole header with zeros in its place. */
function isIntact(header: Buffer, at: number): boolean {
  const zeroed = Buffer.from(header);
  zeroed.fill(0, at, at + checksumSize);
  return crc32c(zeroed) === header.readUInt32BE(at);
}

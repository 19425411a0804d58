import { isUtf8 } from 'node:buffer';
import { isWriteFiles } from './cloud-config.ts';

/** Make a boundary. It is not random, so that a later rebuild finds its own parts; the next `n` is used if a part contains it. */
const boundaryOf = (n: number): string => `=====personality-${n}=====`;
/** The boundaries in a text. Two may share the signs between them, so the last ones are only looked at. */
const boundaries = /=====personality-(\d+)(?======)/g;
const opening = /^Content-Type: multipart\/mixed; boundary="(=====personality-\d+=====)"\nMIME-Version: 1\.0\n\n/;

/** The length of the beginning in which cloud-init searches for the headers of a MIME message, in bytes. */
const mimeReach = 4096;

/** The length of the beginning that has the opening, in bytes. */
const openingReach = 256;

/** The content types that cloud-init derives from the start of user data (source: its handlers). */
const types: readonly (readonly [string, string])[] = [
  ['#cloud-config-archive', 'text/cloud-config-archive'],
  ['#cloud-config-jsonp', 'text/cloud-config-jsonp'],
  ['#cloud-config', 'text/cloud-config'],
  ['#!', 'text/x-shellscript'],
  ['#include-once', 'text/x-include-once-url'],
  ['#include', 'text/x-include-url'],
  ['#cloud-boothook', 'text/cloud-boothook'],
  ['#part-handler', 'text/part-handler'],
  ['#upstart-job', 'text/upstart-job'],
  ['## template: jinja', 'text/jinja2'],
  ['#ps1', 'text/x-shellscript'],
  ['rem cmd', 'text/x-shellscript'],
];

/** Join two pieces of user data to a multipart message; the content of the first is unchanged. */
export function joinUserData(first: Buffer, second: Buffer): Buffer {
  const parts = [part(first), part(second)];
  const boundary = boundaryOf(firstUnused(parts));
  return Buffer.concat([
    Buffer.from(`Content-Type: multipart/mixed; boundary="${boundary}"\nMIME-Version: 1.0\n\n`),
    ...parts.flatMap((bytes) => [Buffer.from(`--${boundary}\n`), bytes, Buffer.from('\n')]),
    Buffer.from(`--${boundary}--\n`),
  ]);
}

/** Find the first boundary that no part contains. All are collected in one pass: a search for each costs the square of their number. */
function firstUnused(parts: readonly Buffer[]): number {
  const used = new Set<string>();
  for (const bytes of parts) {
    for (const [, n] of bytes.toString('latin1').matchAll(boundaries)) used.add(n ?? '');
  }
  let n = 0;
  while (used.has(String(n))) n += 1;
  return n;
}

/**
 * Remove the files that an earlier rebuild wrote into the server's user data; undefined if nothing else remains. They are
 * recognised by making them again: only data that {@link joinUserData} or the files alone give byte for byte is cut.
 */
export function withoutPersonality(data: Buffer): Buffer | undefined {
  if (data.length === 0 || isWriteFiles(data, false)) return undefined;
  const boundary = opening.exec(data.toString('latin1', 0, openingReach))?.[1];
  if (boundary === undefined) return data;
  const [first, second] = partsBetween(data, `--${boundary}\n`, `\n--${boundary}--\n`);
  if (first === undefined || second === undefined) return data;
  const files = bodyOf(second);
  if (!isWriteFiles(files, true)) return data;
  // A part that was a message of its own has headers that it came with.
  return [bodyOf(first), first].find((earlier) => joinUserData(earlier, files).equals(data)) ?? data;
}

/** Cut a message of two parts; empty for another number of parts. */
function partsBetween(data: Buffer, delimiter: string, closing: string): readonly Buffer[] {
  const start = data.indexOf(delimiter) + delimiter.length;
  const middle = data.indexOf(`\n${delimiter}`, start);
  const end = data.length - closing.length;
  if (middle === -1 || middle > end) return [];
  return [data.subarray(start, middle), data.subarray(middle + 1 + delimiter.length, end)];
}

/** Make a part. A MIME message already is one. Other data gets headers, and base64 if it is not UTF-8 with LF line ends. */
function part(data: Buffer): Buffer {
  if (isMessage(data)) return data;
  const isText = isUtf8(data) && !data.includes('\r') && !data.includes(0);
  const encoding = isText ? '8bit' : 'base64';
  const headers = `Content-Type: ${typeOf(data)}; charset="utf-8"\nMIME-Version: 1.0\nContent-Transfer-Encoding: ${encoding}\n\n`;
  return Buffer.concat([Buffer.from(headers), isText ? data : Buffer.from(data.toString('base64'))]);
}

function bodyOf(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\n\n');
  const headers = bytes.toString('latin1', 0, end);
  const transfer = /^Content-Transfer-Encoding: (8bit|base64)$/m.exec(headers)?.[1];
  const body = bytes.subarray(end + 2);
  if (!headers.startsWith('Content-Type: text/') || transfer === undefined) return bytes;
  return transfer === 'base64' ? Buffer.from(body.toString('latin1'), 'base64') : body;
}

function typeOf(data: Buffer): string {
  const start = data.toString('latin1', 0, 64).trimStart();
  return types.find(([heading]) => start.startsWith(heading))?.[1] ?? 'text/plain';
}

/** Check that data is a MIME message, as cloud-init does: by MIME-Version near its start. */
function isMessage(data: Buffer): boolean {
  const start = data.toString('latin1', 0, mimeReach);
  return /^(?:From .*\r?\n)?[\w-]+:/.test(start) && /mime-version:/i.test(start);
}

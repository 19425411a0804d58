import { unexpected } from '../http/cloud-fault.ts';

/**
 * Count the bytes of a base64 text as leniently as Python: characters outside the alphabet are skipped. Returns
 * undefined if the padding is wrong; throws Nova's 500 for a character outside ASCII.
 */
export function base64Bytes(text: string): number | undefined {
  // oxlint-disable-next-line no-control-regex -- the range is ASCII
  if (/[^\u0000-\u007f]/.test(text)) throw unexpected('UnicodeDecodeError');
  let digits = 0;
  let pads = 0;
  for (const character of text.replace(/[^A-Za-z0-9+/=]/g, '')) {
    if (character === '=') {
      pads += 1;
      if (digits % 4 >= 2 && (digits % 4) + pads >= 4) return Math.floor((digits * 3) / 4);
    } else {
      pads = 0;
      digits += 1;
    }
  }
  return digits % 4 === 0 ? (digits * 3) / 4 : undefined;
}

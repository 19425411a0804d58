import { unexpected } from '../http/cloud-fault.ts';

/**
 * The number of bytes in a base64 text, read as leniently as Python does: what is not in the alphabet is skipped,
 * only padding counts. Undefined where the padding is wrong; a character outside ASCII is Nova's 500.
 */
export function base64Bytes(text: string): number | undefined {
  // oxlint-disable-next-line no-control-regex -- ASCII is what the rule is about
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

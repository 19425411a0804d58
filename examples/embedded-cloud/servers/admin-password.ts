import { randomInt } from 'node:crypto';

const LENGTH = 12;
const SYMBOLS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Generate a password as Nova does for a rebuild without one: 12 letters and digits that look different. */
export function makeAdminPassword(): string {
  return Array.from({ length: LENGTH }, () => SYMBOLS.charAt(randomInt(SYMBOLS.length))).join('');
}

import { randomInt } from 'node:crypto';

const LENGTH = 12;
const SYMBOLS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A password as Nova makes one up for a rebuild that brings none: 12 letters and digits that cannot be confused. */
export function makeAdminPassword(): string {
  return Array.from({ length: LENGTH }, () => SYMBOLS.charAt(randomInt(SYMBOLS.length))).join('');
}

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The token of the demo's admin port, which opens its console. */
export interface ConsoleToken {
  readonly file: string;
  /** The fragment of a URL that has the token; '' for a token of somebody else. No browser sends a fragment to a server. */
  readonly fragment: string;
}

/** Make a token in a file that is removed when the process ends. @param given the file of another token; '' for none */
export function makeConsoleToken(given: string): ConsoleToken {
  if (given !== '') return { file: given, fragment: '' };
  const folder = mkdtempSync(join(tmpdir(), 'gateway-demo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'admin-token');
  const token = randomBytes(24).toString('base64url');
  writeFileSync(file, token, { mode: 0o600 });
  return { file, fragment: `#token=${token}` };
}

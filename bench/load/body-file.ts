import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { workFilePath, writeWorkFile } from '../processes/work-files.ts';

/** Write a body to a file once, for generators that read bodies from files; return its path. */
export function bodyFile(body: string): string {
  const name = `body-${createHash('sha256').update(body).digest('hex').slice(0, 16)}`;
  const path = workFilePath(name);
  return existsSync(path) ? path : writeWorkFile(name, body);
}

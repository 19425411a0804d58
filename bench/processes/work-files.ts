import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Return a path in a folder that is removed when this process ends. */
export function workFilePath(name: string): string {
  return join(folder, name);
}

/** Write a file to that folder; return its path. */
export function writeWorkFile(name: string, content: string): string {
  const path = workFilePath(name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

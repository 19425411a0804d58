import { readFileSync } from 'node:fs';

/** Read the version of the package. */
export function packageVersion(): string {
  // npm requires a version in package.json.
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}

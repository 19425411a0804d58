import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Completes package-lock.json: `npm run lock`, after every change of a dependency.
 *
 * Tools such as oxlint come as one optional package a platform. npm leaves those out of the lock file which the registry
 * in use does not hold, and `npm ci` then refuses the lock file for the lack of them. An entry with its platform is
 * enough: npm fetches only those of the platform that it runs on.
 */

interface Entry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const path = 'package-lock.json';
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, Entry> };
const systems = new Set(['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']);

/** What a package's name says of its platform, such as `binding-linux-arm64-musl`. */
function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> | undefined {
  const words = name.split(/[/-]/);
  const at = words.findIndex((word) => systems.has(word));
  const [os, cpu, abi = ''] = words.slice(at);
  if (at === -1 || os === undefined || cpu === undefined) return undefined;
  const libc = os !== 'linux' || abi === '' ? undefined : [abi.startsWith('musl') ? 'musl' : 'glibc'];
  return { os: [os], cpu: [cpu], ...(libc && { libc }) };
}

for (const { optionalDependencies = {}, dev } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const platform = platformOf(name);
    if (platform === undefined) continue;
    lock.packages[`node_modules/${name}`] ??= { version, ...(dev && { dev }), optional: true, ...platform };
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);

import { readFileSync, writeFileSync } from 'node:fs';

/**
 * `npm run lock`: completes package-lock.json after a dependency has changed.
 *
 * Tools such as oxlint have an optional package for each platform. npm omits from the lock file those that the registry in
 * use does not have, and `npm ci` then refuses the lock file as incomplete. An entry with its platform is enough: npm
 * installs only the packages of its own platform.
 */

interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const path = 'package-lock.json';
// The cast is safe: it names the part of npm's lock file that is used here.
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, LockedPackage> };
const systems = new Set(['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']);

/** Derive the platform of a package from its name, such as `binding-linux-arm64-musl`. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> | undefined {
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

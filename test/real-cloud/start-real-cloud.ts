import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

/** The distribution's interpreter: only that one sees Debian's packages. */
export const python = '/usr/bin/python3';
const directory = import.meta.dirname;
const startLimitMs = 300_000;
const stopLimitMs = 30_000;
const errorTailCharacters = 4_000;

/** How a real cloud checks tokens, and the seconds its hypervisor takes for each build and rebuild (default 0). */
export interface RealCloudOptions {
  readonly auth: 'noauth' | 'keystone';
  readonly delaySeconds?: number;
}

/** The line of JSON that serve.py in this folder prints: the cloud's URLs and contents. */
interface Inventory {
  /** The root of nova-api, to which `/v2.1` or `/v2/{projectId}` is added; no slash at its end. */
  readonly endpoint: string;
  readonly projectId: string;
  readonly otherProjectId: string;
  /** All but `otherProject` are for `projectId`; `reader` (may only look) is there with Keystone alone. */
  readonly tokens: {
    readonly member: string;
    readonly admin: string;
    readonly otherProject: string;
    readonly reader?: string;
  };
  /** The ids of three ACTIVE servers, all built from `images.servers`. */
  readonly servers: readonly string[];
  /** The ids of images: three that fit (the first three), and one for each way to be refused or to fail. */
  readonly images: {
    readonly servers: string;
    readonly rebuild: string;
    readonly rebuild2: string;
    readonly minRam: string;
    readonly minDisk: string;
    readonly queued: string;
    readonly badArch: string;
    readonly noValidHost: string;
    readonly noDiskConfig: string;
  };
  /** A server with this metadata key goes to ERROR when it is built or rebuilt. */
  readonly failKey: string;
  /** Keystone's v3 URL, and its accounts by name (all in the domain `default`); with Keystone alone. */
  readonly authUrl?: string;
  readonly users?: Readonly<Record<string, { readonly password: string; readonly project: string }>>;
  readonly glanceUrl?: string;
}

/** A real Nova on loopback, which runs until `stop()` or the end of this process, and then leaves nothing behind. */
export interface RealCloud extends Inventory {
  /** Ends the cloud and resolves when all of its processes are gone; may be called again. */
  stop(): Promise<void>;
}

/** Say whether install.sh has run here: the interpreter has Debian's Nova and these modules, and the paste file is there. */
function realCloudInstalled(...modules: readonly string[]): boolean {
  const imports = `import ${['nova', 'placement', ...modules].join(', ')}`;
  return (
    existsSync(`${directory}/etc/api-paste.ini`) && spawnSync(python, ['-c', imports], { stdio: 'ignore' }).status === 0
  );
}

/** Why a test that needs a real cloud is skipped: what it needs is not installed, and nobody requires it; else false. */
export function whyNoRealCloud(...modules: readonly string[]): string | false {
  const isRequired = process.env['GATEWAY_TEST_REAL_CLOUD'] === 'required';
  return isRequired || realCloudInstalled(...modules)
    ? false
    : `no real cloud with ${['nova', ...modules].join(', ')} here: run test/real-cloud/install.sh`;
}

/**
 * Start a real Nova, for `keystone` with a real Keystone and Glance, and resolve when its servers are ACTIVE; reject
 * with the end of its stderr when it ends before that, or takes more than 300 s.
 */
export async function startRealCloud(options: RealCloudOptions): Promise<RealCloud> {
  const args = ['serve.py', '--port', '0', '--with-parent', '--auth', options.auth];
  if (options.auth === 'keystone') args.push('--glance', 'real');
  if (options.delaySeconds !== undefined) args.push('--delay', String(options.delaySeconds));
  const child = spawn(python, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });

  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-errorTailCharacters);
  });
  child.on('error', (error) => {
    errors += error.message;
  });
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const hung = await Promise.race([closed, delay(stopLimitMs, true, { ref: false })]);
    if (hung === true) child.kill('SIGKILL');
    await closed;
  }

  const firstLine = once(createInterface({ input: child.stdout }), 'line');
  const line = await Promise.race([firstLine, closed, delay(startLimitMs, undefined, { ref: false })]);
  if (line === undefined) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    const reason = ended ? 'did not start' : `was not ready within ${startLimitMs / 1000} s`;
    await stop();
    throw new Error(`The real cloud ${reason}:\n${errors}`);
  }
  const inventory: Inventory = JSON.parse(String(line[0]));
  return { ...inventory, stop };
}

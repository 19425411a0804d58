import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { until } from '../support/in-time.ts';

const versionsFolder = '/usr/lib/postgresql';
const isRequired = process.env['GATEWAY_TEST_REAL_CLOUD'] === 'required';

/** The folder of the newest PostgreSQL of Debian here; its programs are in no PATH. */
function programsFolder(): string | undefined {
  if (!existsSync(versionsFolder)) return undefined;
  const versions = readdirSync(versionsFolder).toSorted((a, b) => Number(a) - Number(b));
  return versions
    .map((version) => join(versionsFolder, version, 'bin'))
    .findLast((bin) => existsSync(join(bin, 'initdb')));
}

/** Why a test that needs a real PostgreSQL is skipped: there is none here, and nobody requires it; else false. */
export function whyNoPostgres(): string | false {
  return isRequired || programsFolder() !== undefined ? false : 'no PostgreSQL here: run test/real-cloud/install.sh';
}

/** A real PostgreSQL in a temporary folder, which runs until `stop()` or the end of this process, and then leaves nothing behind. */
export interface RealPostgres {
  /** The folder of its unix socket, which is that of its data as well. */
  readonly folder: string;
  readonly port: number;
  /** Make the URL of a new database, by TCP; its owner is `gateway`, with a password. */
  create(): Promise<string>;
  /** Send a statement as the superuser, by the unix socket. */
  query(database: string, sql: string): Promise<Record<string, unknown>[]>;
  /** Switch TLS on, with a certificate, its key, and the authority of clients. */
  secure(certFile: string, keyFile: string, clientCaFile: string): Promise<void>;
  /** End it as `pg_ctl stop -m immediate` does: no check point, connections cut. */
  kill(): Promise<void>;
  /** Start it again on the same port and data. */
  start(): Promise<void>;
  /** Stop all of its processes in the middle of whatever they do (SIGSTOP), until `thaw()`. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** The password of `gateway`, with every character that a URL could take for something else. */
export const databasePassword = 'pa:ss/w?rd#1@%';

/** Servers that still run: a test that fails half-way must leave none behind. */
const running = new Set<() => void>();
process.once('exit', () => {
  for (const end of running) end();
});

/** PostgreSQL refuses to run as root. */
const account = process.getuid?.() === 0 ? accountOf('postgres') : {};

function accountOf(name: string): { uid?: number; gid?: number } {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  return uid?.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid?.stdout) } : {};
}

/** Start a PostgreSQL with these further settings, such as `ssl=on`. */
export async function startPostgres(...settings: readonly string[]): Promise<RealPostgres> {
  const bin = programsFolder();
  if (bin === undefined) throw new Error('no PostgreSQL here: run test/real-cloud/install.sh');
  const folder = mkdtempSync(join(tmpdir(), 'gateway-postgres-'));
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid ?? account.uid);
  const data = join(folder, 'data');
  const initialised = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--no-sync', '--auth-local=trust', '--auth-host=scram-sha-256'],
    { ...account, cwd: folder, encoding: 'utf8' },
  );
  if (initialised.status !== 0) throw new Error(`initdb: ${initialised.stderr}`);
  const port = await freePort();
  const server = createServerProcess(join(bin, 'postgres'), folder, data, port, settings);
  await server.start();
  let made = 0;
  const query = (database: string, sql: string) => queryAsSuperuser(folder, port, database, sql);
  await query('postgres', `CREATE ROLE gateway LOGIN PASSWORD '${databasePassword}'`);
  return {
    folder,
    port,
    query,
    create: async () => {
      const name = `ledger_${(made += 1)}`;
      await query('postgres', `CREATE DATABASE ${name} OWNER gateway`);
      return `postgres://gateway:${encodeURIComponent(databasePassword)}@127.0.0.1:${port}/${name}`;
    },
    secure: async (certFile, keyFile, clientCaFile) => {
      for (const [name, file] of Object.entries({
        ssl_cert_file: certFile,
        ssl_key_file: keyFile,
        ssl_ca_file: clientCaFile,
      })) {
        const copy = join(folder, name);
        copyFileSync(file, copy);
        // PostgreSQL refuses a key that others could read.
        chmodSync(copy, 0o600);
        if (account.uid !== undefined) chownSync(copy, account.uid, account.gid ?? account.uid);
        await query('postgres', `ALTER SYSTEM SET ${name} = '${copy}'`);
      }
      await query('postgres', 'ALTER SYSTEM SET ssl = on');
      await query('postgres', 'SELECT pg_reload_conf()');
      await until(async () => (await query('postgres', 'SHOW ssl'))[0]?.['ssl'] === 'on', 'TLS is off');
    },
    ...server,
  };
}

type ServerProcess = Pick<RealPostgres, 'start' | 'kill' | 'freeze' | 'thaw' | 'stop'>;

function createServerProcess(
  program: string,
  folder: string,
  data: string,
  port: number,
  settings: readonly string[],
): ServerProcess {
  const fixed = [`port=${port}`, `unix_socket_directories=${folder}`, 'listen_addresses=127.0.0.1', 'fsync=off'];
  const options = [...fixed, 'shared_buffers=16MB', ...settings].flatMap((setting) => ['-c', setting]);
  let child: ChildProcess | undefined;
  let output = '';
  const signal = (name: NodeJS.Signals): void => {
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    // The process of each connection has a group of its own, and does not get what is sent to that of the server.
    for (const pid of [child.pid, ...childrenOf(child.pid)]) tryKill(pid, name);
  };
  const destroy = (): void => {
    signal('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  const end = async (name: NodeJS.Signals): Promise<void> => {
    const ending = child;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    signal('SIGCONT');
    const closed = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(name);
    const timer = setTimeout(() => signal('SIGKILL'), 10_000);
    await closed;
    clearTimeout(timer);
  };
  running.add(destroy);
  return {
    start: async () => {
      const started = spawn(program, ['-D', data, ...options], { ...account, cwd: folder });
      child = started;
      started.stdout.resume();
      started.stderr.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4_000)));
      await until(async () => {
        if (started.exitCode !== null) throw new Error(`postgres has ended: ${output}`);
        return queryAsSuperuser(folder, port, 'postgres', 'SELECT 1').then(
          () => true,
          () => false,
        );
      }, 'PostgreSQL has not started');
    },
    kill: () => end('SIGQUIT'),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    stop: async () => {
      await end('SIGINT');
      destroy();
      running.delete(destroy);
    },
  };
}

/** List the children of a process by /proc, since a small Debian has no `ps`. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => parentOf(child) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    // The name of the program before it may hold spaces and brackets.
    return Number(/\) \S (\d+) [^)]*$/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

function tryKill(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended in the meantime.
  }
}

async function queryAsSuperuser(
  folder: string,
  port: number,
  database: string,
  sql: string,
): Promise<Record<string, unknown>[]> {
  const client = new Client({ host: folder, port, user: 'postgres', database });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Name the database of a URL. */
export function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

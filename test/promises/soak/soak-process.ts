import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../../src/main.ts');

/** The resources of a process at one moment. */
export interface Figures {
  readonly seconds: number;
  /** Megabytes. */
  readonly rss: number;
  readonly heap: number;
  readonly external: number;
  readonly descriptors: number;
  readonly inFlight: number;
  /** The event loop's delay since the last look, the 99th percentile, in milliseconds. */
  readonly delay: number;
  /** Processor seconds since the start. */
  readonly cpu: number;
}

/** A gateway whose output is read and not kept, however much it is. */
export interface SoakProcess {
  readonly url: string;
  readonly pid: number;
  readonly stderr: () => string;
  /** The lines of the log so far. */
  readonly lines: () => number;
  readonly look: () => Promise<Figures>;
  /** Collect its garbage, so that the figures show only memory in use. */
  readonly collect: () => Promise<void>;
  /** Asks it to end; its exit code, and null where it had to be killed. */
  readonly end: () => Promise<number | null>;
}

/** Lets a test collect the garbage of a process from outside. */
const onSignal = `data:text/javascript,process.on('SIGUSR2',()=>{gc();gc()})`;
const endMs = 30_000;
const collectMs = 700;

/** Start a gateway in front of a cloud, as `npm start` does; resolve when it is ready. */
export async function startSoakProcess(cloudUrl: string): Promise<SoakProcess> {
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=16', '--v8-pool-size=1', '--expose-gc', '--import', onSignal, main],
    {
      env: {
        PATH: process.env['PATH'],
        GATEWAY_PORT: '0',
        GATEWAY_ADMIN_PORT: '0',
        GATEWAY_UPSTREAM_URL: cloudUrl,
        GATEWAY_UPSTREAM_PROFILE: 'ecs',
        GATEWAY_UPSTREAM_LEGACY_PATH: 'v2',
        GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '2000',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const startedAt = performance.now();
  let [lines, stderr] = [0, ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (stderr += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const { url, adminUrl } = await new Promise<{ url: string; adminUrl: string }>((resolve, reject) => {
    let first = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      lines += text.split('\n').length - 1;
      if (first.includes('\n')) return;
      first += text;
      if (first.includes('\n')) resolve(JSON.parse(first.split('\n')[0] ?? '') as { url: string; adminUrl: string });
    });
    void ended.then(() => reject(new Error(`the gateway has ended: ${stderr}`)));
  });
  const { pid = 0 } = child;
  return {
    url,
    pid,
    stderr: () => stderr,
    lines: () => lines,
    look: () => look(adminUrl, pid, startedAt),
    collect: async () => {
      child.kill('SIGUSR2');
      await new Promise((resolve) => setTimeout(resolve, collectMs));
    },
    end: () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), endMs);
      return ended.finally(() => clearTimeout(timer));
    },
  };
}

async function look(adminUrl: string, pid: number, startedAt: number): Promise<Figures> {
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  const megabyte = 1_048_576;
  return {
    seconds: (performance.now() - startedAt) / 1000,
    rss: value('process_resident_memory_bytes') / megabyte,
    heap: value('nodejs_heap_size_used_bytes') / megabyte,
    external: value('nodejs_external_memory_bytes') / megabyte,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    inFlight: value('gateway_in_flight'),
    delay: value('nodejs_eventloop_lag_p99_seconds') * 1000,
    cpu: value('process_cpu_seconds_total'),
  };
}

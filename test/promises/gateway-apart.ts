import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The memory of a process, in bytes. */
export interface Memory extends NodeJS.MemoryUsage {
  readonly mostRss: number;
}

/** A gateway in a process of its own, so that its memory can be measured. */
export interface GatewayApart {
  readonly url: string;
  /** Collect garbage, and return the memory in use and the largest resident size so far. */
  memory(): Promise<Memory>;
  /** The longest time for which its event loop was held since the last call, in milliseconds of its thread's processor time. */
  held(): Promise<number>;
  stop(): Promise<void>;
}

const program = fileURLToPath(import.meta.url);

/** Start one; `settings` are environment variables. */
export async function startGatewayApart(
  cloudUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<GatewayApart> {
  const child = fork(program, [cloudUrl, JSON.stringify(settings)], { execArgv: ['--expose-gc'], silent: false });
  // The child's first word.
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    memory: async () => {
      child.send('memory');
      const [memory] = (await once(child, 'message')) as [Memory];
      return memory;
    },
    held: async () => {
      child.send('held');
      const [held] = (await once(child, 'message')) as [number];
      return held;
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The child's side. */
async function serve(cloudUrl: string, settings: string): Promise<void> {
  const { startTestGateway } = await import('../support/gateway.ts');
  // Written by the parent.
  const gateway = await startTestGateway(cloudUrl, JSON.parse(settings) as Record<string, string>);
  const held = watchLoop();
  process.on('message', (message) => {
    if (message === 'held') {
      process.send?.(held());
      return;
    }
    globalThis.gc?.();
    // Buffers whose owners were collected are freed a turn later.
    setImmediate(() => {
      globalThis.gc?.();
      const memory: Memory = { ...process.memoryUsage(), mostRss: process.resourceUsage().maxRSS * 1024 };
      process.send?.(memory);
    });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.(gateway.url);
}

/** Read the processor time of this thread, in milliseconds. */
function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/**
 * Watch how long the event loop is held: the processor time of its thread between two ticks of a timer. Other processes and
 * threads are not in it, as they are in the delay of the ticks.
 */
function watchLoop(): () => number {
  let before = worked();
  let longest = 0;
  const tick = (): void => {
    const now = worked();
    longest = Math.max(longest, now - before);
    before = now;
  };
  setInterval(tick, 1).unref();
  return () => {
    tick();
    const found = longest;
    longest = 0;
    return found;
  };
}

const [, main, cloudUrl, settings] = process.argv;
if (main === program && cloudUrl !== undefined && settings !== undefined) await serve(cloudUrl, settings);

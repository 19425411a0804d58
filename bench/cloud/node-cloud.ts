import { join } from 'node:path';
import { startChild } from '../processes/child-process.ts';
import { freePort, untilListening } from '../processes/ports.ts';
import type { BenchCloud } from './bench-cloud.ts';

/** Start our own server as the cloud, for machines without nginx. */
export async function startNodeCloud(cores: string | undefined): Promise<BenchCloud> {
  const port = await freePort();
  const args = [join(import.meta.dirname, 'fixed-answers.ts'), `${port}`];
  const child = startChild({ command: process.execPath, args, cores });
  await untilListening(child, port);
  return { name: 'node:net', url: `http://127.0.0.1:${port}`, stop: () => child.stop() };
}

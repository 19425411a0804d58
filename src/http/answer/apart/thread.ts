import { parentPort } from 'node:worker_threads';
import type { JobMessage, ResultMessage } from './job.ts';
import { runJob } from './run-job.ts';

// The entry of a thread that reads and writes large documents. An error ends the thread, and is reported to its owner.
parentPort?.on('message', (message: JobMessage) => void run(message));

async function run({ job, body }: JobMessage): Promise<void> {
  const written = await runJob(job, Buffer.from(body.buffer));
  const result: ResultMessage = { written };
  parentPort?.postMessage(result, written === undefined ? [] : [written.bytes.buffer]);
}

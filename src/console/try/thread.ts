import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../../config/settings.ts';
import { runTry } from './run-try.ts';

// The entry of the thread that translates what readers of the console paste, so that no text holds the event loop that serves.

// The owner of the thread gives it the configuration, which has been checked.
const config = workerData as Config;

parentPort?.on('message', (wish: Uint8Array) => void run(wish));

/** Answer with the document as bytes. An error is a defect: it ends the thread, and its owner tells it. */
async function run(wish: Uint8Array): Promise<void> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(await runTry(wish, config))}\n`);
  parentPort?.postMessage(bytes, [bytes.buffer]);
}

import { writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Monitors the event loop of the process that imports it (`node --import`): on SIGUSR2 it writes the longest stall since
 * the last signal to stderr, in milliseconds. The measured delay includes the sampling interval, so it is subtracted.
 */

const resolutionMs = 1;
const stderr = 2;

const delays = monitorEventLoopDelay({ resolution: resolutionMs });
delays.enable();
process.on('SIGUSR2', () => {
  const longest = delays.max / 1e6 - resolutionMs;
  delays.reset();
  writeSync(stderr, `longest stall: ${longest.toFixed(3)} ms\n`);
});

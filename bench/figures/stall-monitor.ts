import { writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Watches the event loop of the process that it is imported into (`node --import`): on SIGUSR2 it tells on stderr the
 * longest stall since the last time, in milliseconds. What node measures holds the interval at which it looks.
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

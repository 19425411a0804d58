/** Loaded with `--import`: an error that nobody expects, once the process gets SIGUSR2, and again as often as it does. */
import { setTimeout as sleep } from 'node:timers/promises';

const secret = process.env['CANARY'] ?? '';

process.on('SIGUSR2', () => {
  const error = new TypeError(`${secret}\n    at ${secret} (file:///${secret}.ts:1:1)`);
  if (process.env['CANARY_BY'] === 'rejection') void sleep(1).then(() => Promise.reject(error));
  else
    setTimeout(() => {
      throw error;
    }, 1);
});

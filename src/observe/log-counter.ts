import { lostLines } from './lines/lost-lines.ts';
import { Counter, type Registry } from './prometheus.ts';

/** Create the counter of dropped lines. While the disk of the log is full, the log itself cannot tell. */
export function addLogCounter(registry: Registry): void {
  const counter: Counter = new Counter({
    name: 'gateway_log_lines_lost_total',
    help: 'Lines of the log that were dropped because its reader was too slow or its disk full.',
    registers: [registry],
    collect: () => {
      counter.reset();
      counter.inc(lostLines());
    },
  });
}

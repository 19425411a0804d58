/** The lines that the log of this process has dropped. A process has one log, which is older than its metrics. */
let count = 0;

/** Count a dropped line. */
export function countLostLine(): void {
  count += 1;
}

/** Return the number of lines that this process has dropped since its start. */
export function lostLines(): number {
  return count;
}

let waiting: (() => void)[] = [];

/**
 * Does something when the event loop has seen to all that this turn of it brought, together with whatever else waits for
 * that, in its order. Answers that leave together cost a third less: the first wakes who reads them, and the others find
 * them awake.
 */
export function atTurnsEnd(work: () => void): void {
  if (waiting.length === 0) setImmediate(doAll);
  waiting.push(work);
}

function doAll(): void {
  const all = waiting;
  waiting = [];
  for (const work of all) doOne(work);
}

/** What goes wrong with one keeps no other from leaving. */
function doOne(work: () => void): void {
  try {
    work();
  } catch (defect) {
    queueMicrotask(() => {
      throw defect;
    });
  }
}

/**
 * Sends the requests of a schedule: each at its moment by the worker that was free last, so that few connections stay warm; or,
 * when all are busy, by the first that becomes free. autocannon's own rate options are not used: they send all requests of a
 * second at its beginning.
 */
export interface Dispatch {
  /** A worker is free: `begin` makes it send one request, now or when the next one is due. */
  free(begin: () => void): void;
}

/** `dueMs`: ascending moments on the clock of `now`. */
export function createDispatch(dueMs: Float64Array, now: () => number): Dispatch {
  const idle: (() => void)[] = [];
  let next = 0;
  let timer: NodeJS.Timeout | null = null;

  const isDue = (): boolean => next < dueMs.length && (dueMs[next] as number) <= now();
  const arm = (): void => {
    // Timers of Node may come a little before their time: `fire` looks again.
    if (timer === null && next < dueMs.length && idle.length > 0) timer = setTimeout(fire, Math.max(0, (dueMs[next] as number) - now()));
  };
  const fire = (): void => {
    timer = null;
    while (idle.length > 0 && isDue()) {
      next += 1;
      idle.pop()?.();
    }
    arm();
  };
  return {
    free: (begin) => {
      if (idle.length === 0 && isDue()) {
        next += 1;
        begin();
        return;
      }
      idle.push(begin);
      arm();
    },
  };
}

/**
 * Sends the requests of a schedule: each at its moment by the worker that was free last, so that few connections stay warm; or,
 * when all are busy, by the first that becomes free. autocannon's own rate options are not used: they send all requests of a
 * second at its beginning.
 */
export interface Dispatch {
  /** A worker is free: `begin` makes it send one request, now or when the next one is due. */
  free(begin: () => void): void;
}

interface Idle {
  begin: () => void;
  sinceMs: number;
}

/** `dueMs`: ascending moments on the clock of `now`. `listen`: has its function called soon after each moment; without it timers do. */
export function createDispatch(dueMs: Float64Array, now: () => number, listen?: (tick: () => void) => void): Dispatch {
  /** The one that became free last stands last. */
  const idle: Idle[] = [];
  let next = 0;
  let timer: NodeJS.Timeout | null = null;

  /** The moment of the next request, Infinity where there is none. */
  const nextMs = (): number => (next < dueMs.length ? (dueMs[next] as number) : Infinity);
  /** The last that was free before the moment: when one that was busy then sends, all were busy, and the delay is not the timer's. */
  const choose = (): Idle | undefined => {
    const moment = nextMs();
    const place = idle.findLastIndex(({ sinceMs }) => sinceMs <= moment);
    return place < 0 ? idle.pop() : idle.splice(place, 1)[0];
  };
  const arm = (): void => {
    // Timers of Node may come a little before their time: `fire` looks again.
    if (listen === undefined && timer === null && nextMs() < Infinity && idle.length > 0) timer = setTimeout(fire, Math.max(0, nextMs() - now()));
  };
  const fire = (): void => {
    timer = null;
    while (idle.length > 0 && nextMs() <= now()) {
      const worker = choose();
      next += 1;
      worker?.begin();
    }
    arm();
  };
  listen?.(fire);
  return {
    free: (begin) => {
      if (idle.length === 0 && nextMs() <= now()) {
        next += 1;
        begin();
        return;
      }
      idle.push({ begin, sinceMs: now() });
      arm();
    },
  };
}

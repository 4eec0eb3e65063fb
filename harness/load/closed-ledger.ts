import type { Stage } from '../model/stage.js';
import { createBuckets } from './bucket.js';
import type { Ledger } from './ledger.js';
import type { RequestRow } from './row.js';
import { createWindow } from './window.js';

/** Closed load: latency counts from the sending; the generator is late when a user thinks longer than it should. */
export function createClosedLedger(stage: Stage, thinks: boolean, startMs: number, seed: number): Ledger {
  const window = createWindow(stage, startMs, seed);
  const lag = createBuckets();
  const think = { n: 0, sumMs: 0 };

  /** How long the user really paused before this request, and how late that was. */
  const notePause = (row: Readonly<RequestRow>): void => {
    const before = window.lastEndMs(row.user);
    if (before === null) return;
    const paused = row.startMs - before;
    think.n += 1;
    think.sumMs += paused;
    const planned = window.plannedPauseMs(row.user);
    if (planned > 0) lag.add(Math.max(0, paused - planned) * 1000);
  };
  return {
    window,
    lag,
    place: (row) => {
      row.dueMs = row.startMs;
    },
    book: (row) => {
      const place = row.startMs < window.fromMs ? 'before' : row.startMs < window.toMs ? 'in' : 'after';
      if (place === 'in') notePause(row);
      window.ended(row.user, row.endMs, row.pauseMs);
      return place;
    },
    thinkMeanMs: () => (thinks && think.n > 0 ? think.sumMs / think.n : null),
    schedule: () => null,
  };
}

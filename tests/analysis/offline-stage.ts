import type { PairCounts } from '../../harness/model/pair-counts.js';
import type { StageShape } from './record-builder.js';

export interface OfflineShape {
  pairs?: number;
  batch?: number;
  inFlight?: number;
  /** Pairs that were not answered when the time of 60 s was over. */
  missing?: number;
  /** Length of the window, s; 60 where some are missing. */
  durationS?: number;
  counts?: Partial<PairCounts>;
}

/** A synthetic lot of pairs, answered evenly through its window. */
export function offlineStage({ pairs = 9600, batch = 32, inFlight = 4, missing = 0, durationS = missing > 0 ? 60 : 12, counts = {} }: OfflineShape): StageShape {
  const answered = pairs - missing;
  const requests = Math.ceil(answered / batch);
  return {
    users: inFlight, name: `${String(pairs)} pairs`, durationS, latenciesUs: Array.from({ length: requests }, () => (inFlight * durationS * 1e6) / requests),
    change: (stage) => ({
      stage: { ...stage.stage, warmupS: 0, durationS: 60, arrival: { kind: 'offline', pairs, requests: Math.ceil(pairs / batch), batch, inFlight } },
      pairs: { sent: answered, answered, refused: 0, failed: 0, late: 0, again: 0, bySecond: Array.from({ length: durationS }, () => answered / durationS), ...counts },
      thinkMeanMs: null,
    }),
  };
}

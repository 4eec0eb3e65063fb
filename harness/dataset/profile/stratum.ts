import { pairClasses, type DatasetPlan, type PairClass } from '../../model/dataset.js';
import { strataCounts } from '../../model/repeats.js';

/** Where a pair lies among those of its class and kind, easy or hard. */
export interface Place {
  stratum: number;
  ordinal: number;
}

/** Stratum (as `strataCounts` numbers them) and number in it of the `ordinal`-th pair of a class. Not for abnormal requests, which are in none. */
export function stratify(plan: Pick<DatasetPlan, 'mix' | 'hard'>): (name: PairClass, ordinal: number) => Place {
  const counts = strataCounts(plan);
  const names = pairClasses.filter((name) => name !== 'abnormal');
  return (name, ordinal) => {
    const easy = names.indexOf(name as (typeof names)[number]) * 2;
    const hards = counts[easy + 1] ?? 0;
    const count = plan.mix[name];
    // As `spread` deals them (mix.ts).
    const before = Math.floor((ordinal * hards) / count);
    const isHard = Math.floor(((ordinal + 1) * hards) / count) > before;
    return isHard ? { stratum: easy + 1, ordinal: before } : { stratum: easy, ordinal: ordinal - before };
  };
}

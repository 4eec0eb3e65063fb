/** The output of several children as that of one: whole lines as they come, and at the end their counts as one. Pure. */
import type { ChildCounts } from './lines.js';

const newline = 0x0a;
const bar = 0x7c;
const capitalE = 0x45;

export interface Merger {
  /** Bytes of child `index`, cut anywhere; gives the whole lines among them, its counts left out. */
  push(index: number, chunk: Buffer): Buffer;
  /** The line of counts of all children; null while one has not sent its own. */
  counts(): string | null;
}

/** Of `children` children. Their counts are their last line. */
export function createMerger(children: number): Merger {
  const rests: Buffer[] = Array.from({ length: children }, () => Buffer.alloc(0));
  const own: (ChildCounts | null)[] = Array.from({ length: children }, () => null);
  return {
    push: (index, chunk) => {
      const rest = rests[index] as Buffer;
      const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = data.lastIndexOf(newline) + 1;
      rests[index] = data.subarray(end);
      if (end === 0) return data.subarray(0, 0);
      const lastFrom = end < 2 ? 0 : data.lastIndexOf(newline, end - 2) + 1;
      if (data[lastFrom] !== capitalE || data[lastFrom + 1] !== bar) return data.subarray(0, end);
      own[index] = JSON.parse(data.toString('latin1', lastFrom + 2, end)) as ChildCounts;
      return data.subarray(0, lastFrom);
    },
    counts: () => {
      const all = own.filter((one) => one !== null);
      return all.length < children ? null : `E|${JSON.stringify(togetherOf(all))}\n`;
    },
  };
}

/** Sums of what is counted; of what tells how busy a child was, the busiest. */
function togetherOf(all: readonly ChildCounts[]): ChildCounts {
  const sum = (of: (one: ChildCounts) => number): number => all.reduce((total, one) => total + of(one), 0);
  const most = (of: (one: ChildCounts) => number): number => all.reduce((largest, one) => Math.max(largest, of(one)), 0);
  return {
    ended: sum(({ ended }) => ended), answered: sum(({ answered }) => answered),
    eventLoopUse: most(({ eventLoopUse }) => eventLoopUse), loopP50Ms: most(({ loopP50Ms }) => loopP50Ms), loopP99Ms: most(({ loopP99Ms }) => loopP99Ms),
  };
}

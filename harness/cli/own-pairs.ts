import { openOwnPairs, type Dataset, type OwnPairs } from '../dataset/index.js';
import type { Host } from '../host/index.js';
import { allClasses, type OwnPlan } from '../model/dataset.js';
import { BenchError } from '../model/error.js';
import type { Io } from './io.js';
import { createProgress } from './progress.js';

/** Reads a file of the user's own pairs; progress and bad lines go to stderr. The caller closes it. */
export async function readOwnPairs(own: OwnPlan, seed: number, host: Host, signal: AbortSignal, io: Io): Promise<OwnPairs> {
  const startedMs = host.clock.nowMs();
  const sinceStartMs = (): number => host.clock.nowMs() - startedMs;
  const progress = createProgress(io.live ? 'auto' : 'none', io, sinceStartMs);
  try {
    const pairs = await openOwnPairs(own, seed, { host, signal, onEvent: progress.onEvent, sinceStartMs });
    progress.end();
    for (const [, text] of pairs.notes) io.err(`warning: ${text}\n`);
    return pairs;
  } finally {
    progress.end();
  }
}

/** Pairs of one class alone. Throws usage for a class that pairs of a file never have, or that none of these has. */
export function onlyClass(pairs: Dataset, name: string): Dataset {
  const known = allClasses.find((one) => one === name);
  if (known === undefined) throw new BenchError('usage', `"${name}" is not a class of pairs.`, { hint: `The classes of pairs of your own are high, boundary, low and unlabelled.` });
  const chosen: number[] = [];
  for (let index = 0; index < pairs.count; index += 1) if (pairs.classOf(index) === known) chosen.push(index);
  if (chosen.length === 0) throw new BenchError('usage', `No pair of the file is of class ${name}.`, { hint: 'docs/own-data.md says which label makes which class.' });
  const at = (index: number): number => {
    const found = chosen[index];
    if (found === undefined) throw new RangeError(`pair ${String(index)} of ${String(chosen.length)}`);
    return found;
  };
  return {
    seed: pairs.seed,
    count: chosen.length,
    pair: (index) => pairs.pair(at(index)),
    classOf: () => known,
    *pairs() {
      for (const index of chosen) yield pairs.pair(index);
    },
  };
}

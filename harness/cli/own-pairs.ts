import { drawSome, openOwnPairs, type Dataset, type OwnPairs } from '../dataset/index.js';
import type { Host } from '../host/index.js';
import type { OwnClass, OwnPlan } from '../model/dataset.js';
import { BenchError } from '../model/error.js';
import { groupDigits } from '../model/unit.js';
import { noneOfClass } from './dataset/class.js';
import type { Io } from './io.js';
import { printedIn } from './language.js';
import { createProgress } from './progress/index.js';
import { cliText } from './text/index.js';
import { inLanguage } from './text/sentence.js';

/** Reads a file of the user's own pairs; progress and bad lines go to stderr. The caller closes it. */
export async function readOwnPairs(own: OwnPlan, seed: number, host: Host, signal: AbortSignal, io: Io): Promise<OwnPairs> {
  const startedMs = host.clock.nowMs();
  const sinceStartMs = (): number => host.clock.nowMs() - startedMs;
  const progress = createProgress(io.live ? 'auto' : 'none', io, sinceStartMs);
  try {
    const pairs = await openOwnPairs(own, seed, { host, signal, onEvent: progress.onEvent, sinceStartMs });
    progress.end();
    for (const [, text] of pairs.notes) io.err(`${cliText(printedIn(io)).warning(inLanguage(text, printedIn(io)))}\n`);
    return pairs;
  } finally {
    progress.end();
  }
}

/** Pairs of one class alone, as many of them as are wanted, drawn with the seed. Throws usage where there are not so many. */
export function onlyClass(pairs: Dataset, name: OwnClass, wanted?: number): Dataset {
  const all: number[] = [];
  for (let index = 0; index < pairs.count; index += 1) if (pairs.classOf(index) === name) all.push(index);
  if (all.length === 0) throw noneOfClass(name);
  if (wanted !== undefined && wanted > all.length) {
    throw new BenchError('usage', `Of class ${name} the file has ${groupDigits(all.length)} ${all.length === 1 ? 'pair' : 'pairs'}, but --count asks for ${groupDigits(wanted)}.`, { hint: 'Ask for fewer, or leave --count out: then all are taken.' });
  }
  const chosen = wanted === undefined || wanted === all.length ? all : Array.from(drawSome(all.length, wanted, pairs.seed), (place) => all[place] ?? 0);
  const at = (index: number): number => {
    const found = chosen[index];
    if (found === undefined) throw new RangeError(`pair ${String(index)} of ${String(chosen.length)}`);
    return found;
  };
  return {
    seed: pairs.seed,
    count: chosen.length,
    pair: (index) => pairs.pair(at(index)),
    classOf: () => name,
    *pairs() {
      for (const index of chosen) yield pairs.pair(index);
    },
  };
}

import { createDataset, createStats, datasetSpec, describePairs, fittedSpec, formatPairs, loadLexicon, type Dataset, type PairFormat } from '../dataset/index.js';
import type { Host } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { pairClasses, type DatasetPlan, type PairClass } from '../model/dataset.js';
import { scaleMix } from '../model/mix.js';
import { readFitted } from '../scenario/index.js';
import type { Io } from './io.js';
import { planOf } from './run.js';

export interface DatasetFlags {
  output?: string;
  format: PairFormat;
  count?: number;
  class?: string;
  seed?: number;
  set: string[];
}

/** The dataset of a profile that `fit` wrote. */
function profileSpec(name: string, host: Host): DatasetPlan | undefined {
  if (!name.endsWith('.json')) return undefined;
  const text = host.files.tryReadText(name);
  const read = text === null ? { wrong: 'it cannot be read' } : readFitted(text);
  if ('wrong' in read) throw new BenchError('usage', `${name} is no fitted profile: ${read.wrong}.`, { hint: 'mgeo-bench fit LOG -o FILE writes one.' });
  return fittedSpec(name, read.fitted);
}

/** A dataset that needs no scenario, or that of a scenario. */
function namedPlan(name: string, flags: DatasetFlags, host: Host): DatasetPlan {
  const spec = datasetSpec(name) ?? profileSpec(name, host);
  if (spec === undefined) return planOf(name, { set: flags.set, ...(flags.seed === undefined ? {} : { seed: flags.seed }) }, host).plan.dataset;
  if (flags.set.length > 0) throw new BenchError('usage', `--set changes a scenario, and "${name}" is a dataset without one.`, { hint: 'Use --seed, --count and --class, or name a scenario.' });
  return spec;
}

/** The dataset part of a scenario or a spec, with count, class and seed of the command line laid over it. */
function datasetPlanOf(scenario: string, flags: DatasetFlags, host: Host): DatasetPlan {
  const plan = namedPlan(scenario, flags, host);
  const wanted = flags.class;
  if (wanted !== undefined && !(pairClasses as readonly string[]).includes(wanted)) {
    throw new BenchError('usage', `"${wanted}" is not a class of pairs.`, { hint: `The classes are ${pairClasses.join(', ')}.` });
  }
  const count = flags.count ?? Object.values(plan.mix).reduce((sum, n) => sum + n, 0);
  if (count < 1) throw new BenchError('usage', '--count must be at least 1.');
  const proportions = { ...plan.mix };
  if (wanted !== undefined) for (const name of pairClasses) proportions[name] = name === wanted ? 1 : 0;
  return { ...plan, seed: flags.seed ?? plan.seed, mix: scaleMix(proportions, count) };
}

/** `dataset make|show|stats`. */
export async function dataset(action: string, scenario: string, flags: DatasetFlags, host: Host, signal: AbortSignal, io: Io): Promise<number> {
  // For samples, --count is how many of each class to show, not how many there are.
  const { count: perClass, ...all } = flags;
  const plan = datasetPlanOf(scenario, action === 'show' ? all : flags, host);
  const made = createDataset(plan, loadLexicon(host.files, host.files.packageRoot));
  if (action === 'make') {
    if (flags.output === undefined) throw new BenchError('usage', '`dataset make` needs -o FILE.', { hint: 'For example: mgeo-bench dataset make quick -o pairs.jsonl' });
    const writer = host.files.writer(flags.output);
    let written = Promise.resolve();
    for (const chunk of formatPairs(made, flags.format)) {
      // Awaited only now, so that the chunk was made while the one before it was written.
      await written;
      signal.throwIfAborted();
      written = writer.write(chunk);
    }
    await written;
    await writer.close();
    io.out(`${flags.output}: ${String(made.count)} pairs\n`);
    return 0;
  }
  if (action === 'show') {
    io.out(`${describePairs(made, { perClass: perClass ?? 3, colour: io.colour, ...(flags.class === undefined ? {} : { only: flags.class as PairClass }) })}\n`);
    return 0;
  }
  io.out(`${await statsOf(made, host, signal)}\n`);
  return 0;
}

/** Pairs between two looks at the signal: a tenth of a second of work. */
const pairsAtOnce = 20_000;

async function statsOf(made: Dataset, host: Host, signal: AbortSignal): Promise<string> {
  const stats = createStats(made);
  for (let index = 0; index < made.count; index += 1) {
    // A signal of the system arrives only while the event loop turns.
    if (index % pairsAtOnce === 0) await host.clock.sleep(0, signal);
    stats.add(made.pair(index));
  }
  return stats.text();
}

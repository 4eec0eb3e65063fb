import { basename } from 'node:path';
import { createDataset, datasetSpec, datasetSpecs, fittedSpec, loadLexicon, type Dataset } from '../../dataset/index.js';
import type { Host } from '../../host/index.js';
import { BenchError } from '../../model/error.js';
import { ownClasses, pairClasses, type DatasetPlan } from '../../model/dataset.js';
import { scaleMix } from '../../model/mix.js';
import { nearestWord } from '../../model/nearest.js';
import { readFitted } from '../../scenario/index.js';
import { onlyClass, readOwnPairs } from '../own-pairs.js';
import { planOf } from '../run.js';
import { classNamed } from './class.js';
import type { DatasetFlags, Surroundings } from './flags.js';

/** The dataset of a profile that `fit` wrote. */
function profileSpec(name: string, host: Host): DatasetPlan | undefined {
  if (!name.endsWith('.json')) return undefined;
  const text = host.files.tryReadText(name);
  const read = text === null ? { wrong: 'it cannot be read' } : readFitted(text);
  if ('wrong' in read) throw new BenchError('usage', `${name} is no fitted profile: ${read.wrong}.`, { hint: 'mgeo-bench fit LOG -o FILE writes one.' });
  return fittedSpec(basename(name), read.fitted);
}

/** A dataset that needs no scenario, or that of a scenario. */
function namedPlan(name: string, flags: DatasetFlags, host: Host): DatasetPlan {
  const spec = datasetSpec(name) ?? profileSpec(name, host);
  if (spec === undefined) return planOfScenario(name, flags, host);
  if (flags.set.length > 0) throw new BenchError('usage', `--set changes a scenario, and "${name}" is a dataset without one.`, { hint: 'Use --seed, --count and --class, or name a scenario.' });
  return spec;
}

/** What a scenario makes; of a name that is neither a scenario nor a dataset, both kinds are told. */
function planOfScenario(name: string, flags: DatasetFlags, host: Host): DatasetPlan {
  try {
    return planOf(name, { set: flags.set, ...(flags.strict === undefined ? {} : { strict: flags.strict }), ...(flags.seed === undefined ? {} : { seed: flags.seed }) }, host).plan.dataset;
  } catch (error) {
    if (!(error instanceof BenchError) || error.code !== 'scenario-not-found') throw error;
    const near = nearestWord(name, datasetSpecs);
    throw new BenchError('scenario-not-found', `There is no dataset and no scenario "${name}".`, {
      hint: near === undefined ? error.hint : `Did you mean "${near}"?`,
      details: [`datasets: ${datasetSpecs.join(', ')}`, ...error.details],
    });
  }
}

/** The dataset part of a scenario or a spec, with count, class and seed of the command line laid over it. */
function datasetPlanOf(name: string, flags: DatasetFlags, host: Host): DatasetPlan {
  if (flags.count !== undefined && flags.count < 1) throw new BenchError('usage', '--count must be at least 1.');
  const plan = namedPlan(name, flags, host);
  if (plan.own !== undefined) {
    // Of one class so many are drawn once the classes are known: from all pairs of the file.
    return flags.count === undefined ? plan : { ...plan, own: { ...plan.own, pairs: flags.class === undefined ? flags.count : null } };
  }
  const wanted = flags.class === undefined ? undefined : classNamed(flags.class, pairClasses);
  const count = flags.count ?? Object.values(plan.mix).reduce((sum, n) => sum + n, 0);
  const proportions = { ...plan.mix };
  if (wanted !== undefined) for (const one of pairClasses) proportions[one] = one === wanted ? 1 : 0;
  return { ...plan, seed: flags.seed ?? plan.seed, mix: scaleMix(proportions, count) };
}

/** The pairs that name and flags ask for: made, or read from a file of the user's own. `close` when they are done with. */
export async function openDataset(name: string, flags: DatasetFlags, { host, signal, io }: Surroundings): Promise<{ plan: DatasetPlan; dataset: Dataset; close(): void }> {
  const plan = datasetPlanOf(name, flags, host);
  if (plan.own === undefined) return { plan, dataset: createDataset(plan, loadLexicon(host.files, host.files.packageRoot)), close: () => undefined };
  const only = flags.class === undefined ? undefined : classNamed(flags.class, ownClasses);
  const own = await readOwnPairs(plan.own, plan.seed, host, signal, io);
  try {
    return { plan, dataset: only === undefined ? own : onlyClass(own, only, flags.count), close: own.close };
  } catch (error) {
    own.close();
    throw error;
  }
}

import { createDataset, describePairs, loadLexicon } from '../../dataset/index.js';
import { BenchError } from '../../model/error.js';
import type { DatasetFlags, Surroundings } from './flags.js';
import { classOf, datasetPlanOf } from './plan.js';

const usualCount = 3;

/** `dataset show`: samples of each class side by side. `--count` is how many of each class to show, not how many there are. */
export function showDataset(name: string, flags: DatasetFlags, { host, io }: Surroundings): number {
  const { count, ...others } = flags;
  if (count !== undefined && count < 1) throw new BenchError('usage', '--count must be at least 1.');
  const plan = datasetPlanOf(name, others, host);
  const dataset = createDataset(plan, loadLexicon(host.files, host.files.packageRoot));
  const only = flags.class === undefined ? {} : { only: classOf(flags.class) };
  io.out(`${describePairs(dataset, { perClass: count ?? usualCount, colour: io.colour, width: io.width, ...only })}\n`);
  return 0;
}

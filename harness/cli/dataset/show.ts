import { describePairs, firstOfEach } from '../../dataset/index.js';
import { BenchError } from '../../model/error.js';
import type { DatasetFlags, Surroundings } from './flags.js';
import { printedIn } from '../language.js';
import { datasetWords } from '../text/dataset.js';
import { openDataset } from './plan.js';

const usualCount = 3;

/** `dataset show`: samples of each class side by side. `--count` is how many of each class to show, not how many there are. */
export async function showDataset(name: string, flags: DatasetFlags, around: Surroundings): Promise<number> {
  const { count, ...others } = flags;
  if (count !== undefined && count < 1) throw new BenchError('usage', '--count must be at least 1.');
  const { io } = around;
  const { dataset, close } = await openDataset(name, others, around);
  try {
    const chosen = { perClass: count ?? usualCount, ...(flags.class === undefined ? {} : { only: dataset.classOf(0) }) };
    if (flags.json === true) io.out(`${JSON.stringify({ pairs: [...firstOfEach(dataset, chosen).values()].flat() }, null, 2)}\n`);
    else io.out(`${describePairs(dataset, { ...chosen, colour: io.colour, width: io.width, words: datasetWords(printedIn(io)).pair })}\n`);
    return 0;
  } finally {
    close();
  }
}

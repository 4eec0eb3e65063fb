import { basename } from 'node:path';
import { collectFigures, createTokenCounter, vocabularyPath, type CountTokens } from '../../dataset/index.js';
import type { DatasetFigures } from '../../model/dataset-figures.js';
import { datasetPage, datasetText } from '../../report/index.js';
import { createWork } from '../work.js';
import type { DatasetFlags, Surroundings } from './flags.js';
import { countFile, isPairFile } from './pair-file.js';
import { openDataset } from './plan.js';

/** `dataset stats`: what the pairs are like, as text and, with `-o`, as a page. */
export async function statsOfDataset(name: string, flags: DatasetFlags, around: Surroundings): Promise<number> {
  const { host, io } = around;
  if (flags.output !== undefined) host.files.checkWritable(flags.output);
  const countTokens = createTokenCounter(host.files.readText(`${host.files.packageRoot}/${vocabularyPath}`));
  const figures = await (isPairFile(name) ? countFile : countPairs)(name, flags, countTokens, around);
  const language = flags.lang ?? 'en';
  io.out(flags.json === true ? `${JSON.stringify(figures, null, 2)}\n` : `${datasetText(figures, language)}\n`);
  if (flags.output === undefined) return 0;
  const { version } = JSON.parse(host.files.readText(`${host.files.packageRoot}/package.json`)) as { version: string };
  host.files.writeText(flags.output, await datasetPage(figures, isPairFile(name) ? basename(name) : name, version, language));
  if (flags.json !== true) io.out(`\n${flags.output}\n`);
  return 0;
}

/** Pairs between two looks at the clock: a hundredth of a second of work. */
const pairsAtOnce = 1000;

async function countPairs(name: string, flags: DatasetFlags, countTokens: CountTokens, around: Surroundings): Promise<DatasetFigures> {
  const { plan, dataset, close } = await openDataset(name, flags, around);
  const figures = collectFigures(plan, countTokens);
  const work = createWork('counting pairs', dataset.count, around);
  try {
    for (let index = 0; index < dataset.count; index += 1) {
      if (index % pairsAtOnce === 0) await work.at(index);
      figures.add(dataset.pair(index));
    }
  } finally {
    work.end();
    close();
  }
  return figures.finish();
}

import { collectFigures, createBadLines, openPairFile, tellPieces, type CountTokens } from '../../dataset/index.js';
import { allClasses, type AnyClass } from '../../model/dataset.js';
import type { DatasetFigures } from '../../model/dataset-figures.js';
import { BenchError } from '../../model/error.js';
import { printedIn } from '../language.js';
import { cliText } from '../text/index.js';
import { inLanguage } from '../text/sentence.js';
import { createWork } from '../work.js';
import { classNamed, noneOfClass } from './class.js';
import type { DatasetFlags, Surroundings } from './flags.js';

/** Endings of files that hold pairs; a scenario ends in .yaml, a fitted profile in .json. */
export const isPairFile = (name: string): boolean => /\.(?:jsonl|ndjson|csv|tsv|tab)$/i.test(name);

const mibBytes = 2 ** 20;

/** What the pairs of a file are like, read once as a stream. Bad lines are named on stderr; with `--strict` they end it. Throws usage and dataset-unusable. */
export async function countFile(name: string, flags: DatasetFlags, countTokens: CountTokens, around: Surroundings): Promise<DatasetFigures> {
  const unfit = flags.count !== undefined ? '--count' : flags.seed !== undefined ? '--seed' : flags.set.length > 0 ? '--set' : undefined;
  if (unfit !== undefined) throw new BenchError('usage', `${unfit} changes how pairs are made, and the pairs of ${name} are there already.`, { hint: 'Leave it out; --class takes one class of a file.' });
  const only = flags.class === undefined ? undefined : classNamed(flags.class, allClasses);
  const reader = around.host.files.reader(name);
  const work = createWork(`reading ${name}, MiB`, reader.sizeBytes === null ? null : Math.ceil(reader.sizeBytes / mibBytes), around);
  const figures = collectFigures(null, countTokens);
  const bad = createBadLines(name);
  const facts = { rows: 0, bad: 0 };
  const left = (line: number, why: string): void => {
    facts.bad += 1;
    bad.add({ line, why });
  };
  let taken = 0;
  try {
    let bytes = 0;
    const { rows } = await openPairFile(tellPieces(reader.pieces(), (more) => work.at(Math.floor((bytes += more) / mibBytes))), name);
    for await (const row of rows) {
      if ('why' in row) left(row.line, row.why);
      else if (!isClass(row.pair.class)) left(row.line, `has a class that is none of ${allClasses.join(', ')}`);
      else {
        facts.rows += 1;
        if (only !== undefined && row.pair.class !== only) continue;
        taken += 1;
        figures.add({ ...row.pair, class: row.pair.class, operators: row.pair.operators ?? [] });
      }
    }
  } finally {
    work.end();
    reader.close();
  }
  if (flags.strict === true && facts.bad > 0) throw bad.failure(facts);
  const sentence = bad.sentence(facts);
  if (sentence !== null) around.io.err(`${cliText(printedIn(around.io)).warning(inLanguage(sentence, printedIn(around.io)))}\n`);
  if (taken === 0 && only !== undefined) throw noneOfClass(only);
  return figures.finish();
}

const isClass = (name: string): name is AnyClass => allClasses.some((one) => one === name);

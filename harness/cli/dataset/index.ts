import { Option, type Command } from 'commander';
import type { PairFormat } from '../../dataset/index.js';
import type { PairClass } from '../../model/dataset.js';
import type { Language } from '../../report/index.js';
import { wholeNumber } from '../whole-number.js';
import type { CheckFlags } from './check.js';
import type { DatasetFlags, Surroundings } from './flags.js';

// Named here and not fetched: what has them takes as long to load as the verb to run. As keys, so that the compiler misses one that is left out.
const pairClasses = Object.keys({ high: true, low: true, boundary: true, noisy: true, abnormal: true } satisfies Record<PairClass, true>);
const pairFormats = Object.keys({ jsonl: true, csv: true, tsv: true } satisfies Record<PairFormat, true>);
const languages = Object.keys({ 'en': true, 'zh-CN': true } satisfies Record<Language, true>);

/** Adds `dataset make|show|stats|check` to the command line; `done` is given the exit code. */
export function addDatasetVerbs(dataset: Command, around: Surroundings, defaultName: string, done: (exitCode: number) => void): void {
  const collect = (value: string, before: string[]): string[] => [...before, value];
  const verb = (name: string, description: string): Command => dataset.command(name).description(description)
    .argument('[name]', 'whose pairs: a dataset by name, a scenario in scenarios/, or a path', defaultName)
    .option('--class <class>', `only this class: ${pairClasses.join(', ')}`)
    .option('--seed <number>', 'seed', wholeNumber)
    .option('--set <key=value>', 'change one setting of the scenario', collect, [])
    .option('--strict', 'a bad line in a file of your own pairs is an error (exit 2)')
    .option('--json', 'as JSON on stdout, nothing else');

  verb('make', 'write the pairs into a file; says how many and how fast')
    .option('-o, --output <file>', 'file to write; - for stdout')
    .addOption(new Option('--format <format>', 'of the file; by the ending of its name, else jsonl').choices(pairFormats))
    .option('--count <number>', 'pairs in all', wholeNumber)
    .action(async (name: string, flags: DatasetFlags) => { done(await (await import('./make.js')).makeDataset(name, flags, around)); });

  verb('show', 'samples of each class side by side, differences marked, operators named')
    .option('--count <number>', 'pairs of each class', wholeNumber)
    .action(async (name: string, flags: DatasetFlags) => { done(await (await import('./show.js')).showDataset(name, flags, around)); });

  verb('stats', 'lengths, tokens, repeats, operators, classes, and how much the two sides have in common; also of a file of pairs (.jsonl, .csv, .tsv)')
    .option('-o, --output <file>', 'also write them as an HTML page with charts')
    .addOption(new Option('--lang <language>', 'language of the page and of the text').choices(languages))
    .option('--count <number>', 'pairs in all', wholeNumber)
    .action(async (name: string, flags: DatasetFlags) => { done(await (await import('./stats.js')).statsOfDataset(name, flags, around)); });

  dataset.command('check').description('what is wrong with a file of pairs: duplicates, promises of the classes, encoding, leakage between two files')
    .argument('<file>', 'JSONL, CSV or TSV')
    .argument('[other]', 'a second file: pairs and addresses that stand in both are leaks')
    .option('--limit <number>', 'findings to show of each kind', wholeNumber)
    .option('--json', 'as JSON')
    .action(async (file: string, other: string | undefined, flags: CheckFlags) => { done(await (await import('./check.js')).checkFiles(file, other, flags, around)); });
}

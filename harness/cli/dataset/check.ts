import { checkPairs, createTokenCounter, loadLexicon, vocabularyPath, type CheckResult } from '../../dataset/index.js';
import { BenchError, exitCodes } from '../../model/error.js';
import { groupDigits } from '../../model/unit.js';
import type { Language } from '../../report/index.js';
import { printedIn } from '../language.js';
import { datasetWords } from '../text/dataset.js';
import { inLanguage } from '../text/sentence.js';
import { createWork } from '../work.js';
import type { Surroundings } from './flags.js';

export interface CheckFlags {
  /** Findings to show of each kind. */
  limit?: number;
  json?: boolean;
}

const usualLimit = 5;
const mibBytes = 2 ** 20;

/** `dataset check`: what is wrong with one file of pairs, and what a second one has in common with it. 0: nothing is wrong; 1: something is. */
export async function checkFiles(file: string, other: string | undefined, flags: CheckFlags, around: Surroundings): Promise<number> {
  const { files, ...host } = around.host;
  const limit = flags.limit ?? usualLimit;
  if (limit < 0) throw new BenchError('usage', '--limit must be at least 0.');
  const names = other === undefined ? [file] : [file, other];
  const readers = names.map((name) => ({ name, reader: files.reader(name) }));
  const sizes = readers.map(({ reader }) => reader.sizeBytes);
  const total = sizes.every((size) => size !== null) ? Math.ceil(sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) / mibBytes) : null;
  const work = createWork('checking pairs, MiB', total, { ...around, host: { ...host, files } });
  try {
    const knowledge = { lexicon: loadLexicon(files, files.packageRoot), countTokens: createTokenCounter(files.readText(`${files.packageRoot}/${vocabularyPath}`)) };
    const result = await checkPairs(readers, knowledge, { keep: limit, progress: (bytes) => work.at(Math.floor(bytes / mibBytes)) });
    work.end();
    around.io.out(flags.json === true ? `${JSON.stringify({ files: result.files, findings: result.findings.kinds() }, null, 2)}\n` : describe(result, printedIn(around.io)));
    return result.findings.kinds().some(({ level }) => level === 'wrong') ? exitCodes.gateFailed : exitCodes.passed;
  } finally {
    work.end();
    for (const { reader } of readers) reader.close();
  }
}

/** The first findings with their lines, then what was counted. */
function describe({ files, findings }: CheckResult, language: Language): string {
  const text = datasetWords(language);
  const kinds = findings.kinds();
  const lines = kinds.flatMap(({ first, count }) => [
    ...first.map(({ file, line, why }) => `${file}:${String(line)}${text.colon}${inLanguage(why, language)}`),
    ...(count > first.length && first.length > 0 ? [text.more(groupDigits(count - first.length))] : []),
  ]);
  const wrong = kinds.filter(({ level }) => level === 'wrong').reduce((sum, { count }) => sum + count, 0);
  const read = files.map(({ name, kind, pairs }) => `${name}${text.colon}${text.pairs(groupDigits(pairs))}${kind === 'own' ? text.own : ''}`);
  const counts = kinds.map(({ level, title, count }) => `${level === 'wrong' ? '✗' : '·'} ${inLanguage(title, language)}${text.colon}${groupDigits(count)}`);
  return [...lines, ...(lines.length > 0 ? [''] : []), ...read, ...counts, wrong === 0 ? `✓ ${text.nothingWrong}` : `✗ ${text.wrong(groupDigits(wrong))}`].join('\n') + '\n';
}

import { analyseHistory } from '../analysis/index.js';
import type { Host } from '../host/index.js';
import { BenchError } from '../model/error.js';
import type { SkippedFile } from '../model/history.js';
import { readRuns } from '../record/index.js';
import { historyPage, historyText, skippedText, type Language } from '../report/index.js';
import type { Io } from './io.js';
import { printedIn } from './language.js';
import { languagesOf } from './report-files.js';

export interface HistoryFlags {
  lang: 'en' | 'zh-CN' | 'both';
  /** The page to write. */
  output?: string;
  json?: boolean;
}

/** `history`: the trend over all runs below a folder, and where it changed. It reports and judges nothing: its exit code is 0. */
export async function history(dir: string, flags: HistoryFlags, { files }: Host, io: Io): Promise<number> {
  const folder = dir === '/' ? dir : dir.replace(/\/+$/, '');
  const languages = languagesOf(flags.lang);
  const [first = 'en'] = languages;
  if (flags.output !== undefined) files.checkWritable(flags.output);
  const found = readRuns(openable(folder, files), files);
  if (found.runs.length === 0) {
    throw new BenchError('record-unreadable', `There is no run below ${folder}.`, { hint: 'A history is made of the result.json of runs: give the folder that they lie in, such as reports/.', details: skippedText(shownFrom(folder, found.skipped.slice(0, 10)), printedIn(io)) });
  }
  const told = analyseHistory(found);
  const shown = { ...told, skipped: shownFrom(folder, told.skipped) };
  io.out(flags.json === true ? `${JSON.stringify(told, null, 2)}\n` : `${historyText(shown, printedIn(io))}\n`);
  if (flags.output === undefined) return 0;
  const { version } = JSON.parse(files.readText(`${files.packageRoot}/package.json`)) as { version: string };
  for (const language of languages) {
    const path = pathOf(flags.output, language, first);
    files.writeText(path, await historyPage(shown, version, language));
    if (flags.json !== true) io.out(`\n${path}\n`);
  }
  return 0;
}

/** A folder that can be listed; throws a sentence else. */
function openable(folder: string, files: Host['files']): string {
  try {
    files.list(folder);
    return folder;
  } catch {
    throw new BenchError('file-unreadable', files.exists(folder) ? `${folder} is not a folder.` : `There is no folder ${folder}.`, { hint: 'Give the folder that runs lie in, such as reports/.' });
  }
}

/** Paths as people read them: of an absolute folder its own name is enough, and the page that is passed on does not tell where it lay. Programs get them whole. */
function shownFrom(folder: string, skipped: readonly SkippedFile[]): SkippedFile[] {
  const above = folder.startsWith('/') ? folder.lastIndexOf('/') + 1 : 0;
  return skipped.map(({ path, why }) => ({ path: path.slice(above), why }));
}

/** The first language gets the name that was asked for, the second one of its own. */
function pathOf(asked: string, language: Language, first: Language): string {
  return language === first ? asked : asked.replace(/(\.[^./]*)?$/, `.${language}$1`);
}

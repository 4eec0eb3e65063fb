import type { Files } from '../host/index.js';
import type { BenchError } from '../model/error.js';
import type { Language, ReportFile } from '../report/index.js';
import { asBenchError } from './failure.js';

/** Writes what can be written, small files first; gives the names of these, and the first failure. */
export function writeReports(files: readonly ReportFile[], folder: string, disk: Files): { written: string[]; failure: BenchError | null } {
  const written: string[] = [];
  let failure: BenchError | null = null;
  for (const file of [...files].sort((x, y) => x.content.length - y.content.length)) {
    try {
      disk.writeText(`${folder}/${file.name}`, file.content);
      written.push(file.name);
    } catch (error) {
      failure ??= asBenchError(error);
    }
  }
  return { written, failure };
}

/** The languages that `--lang` asks for, in the order in which they are written. */
export function languagesOf(lang: 'en' | 'zh-CN' | 'both'): Language[] {
  return lang === 'both' ? ['en', 'zh-CN'] : [lang];
}

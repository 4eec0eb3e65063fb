import type { Host } from '../host/index.js';
import { conclude } from '../pipeline.js';
import { isComparison, readRecord } from '../record/index.js';
import { BenchError } from '../model/error.js';
import { nearestWord } from '../model/nearest.js';
import { allFormats, reportFormats, terminalTable, type ReportFormat } from '../report/index.js';
import { againstOf } from '../baseline.js';
import { reportComparison } from './compare.js';
import { heldAgainst } from './gate.js';
import { tellGithub } from './github.js';
import { folderOf } from './run-folder.js';
import type { Io } from './io.js';
import { printedIn } from './language.js';
import { languagesOf, writeReports } from './report-files.js';

export interface ReportFlags {
  lang: 'en' | 'zh-CN' | 'both';
  /** Files to write, by kind, with commas between; those that every run leaves by default. */
  format?: string;
  output?: string;
  /** What its gates are held against. */
  baseline?: string;
  json?: boolean;
}

/** `html,json` as kinds of files. Throws usage for a word that is none. */
export function formatsOf(text: string): ReportFormat[] {
  return [...new Set(text.split(',').map((word) => {
    const asked = word.trim();
    const known = allFormats.find((format) => format === asked);
    if (known !== undefined) return known;
    const near = nearestWord(asked, allFormats);
    throw new BenchError('usage', `"${asked}" is not a format of a report.`, { hint: near === undefined ? `There are ${allFormats.join(', ')}; give several with commas between.` : `Did you mean "${near}"?` });
  }))];
}

/** `report`: renders a saved run again, from run.json alone, or a comparison, from comparison.json. */
export async function report(path: string, flags: ReportFlags, host: Host, io: Io): Promise<number> {
  const languages = languagesOf(flags.lang);
  if (isComparison(path, host.files)) {
    const formats = flags.format === undefined ? null : formatsOf(flags.format);
    return reportComparison(path, { languages, formats, output: flags.output ?? folderOf(path), json: flags.json === true }, host, io);
  }
  const saved = readRecord(path, host.files);
  // A baseline that was accepted since is none of this run's business: the same bytes for the same record.
  const { record, baseline } = flags.baseline === undefined ? { record: saved, baseline: saved.baseline } : heldAgainst(saved, flags.baseline, host);
  const formats: readonly ReportFormat[] = flags.format === undefined ? reportFormats : formatsOf(flags.format);
  const { analysis, verdict, files } = await conclude(record, languages, flags.json ? [...new Set([...formats, 'json'] as const)] : formats, againstOf(record, baseline));
  const folder = flags.output ?? folderOf(path);
  host.files.makeDir(folder);
  const { written, failure } = writeReports(files, folder, host.files);
  if (flags.json) io.out(files.find((file) => file.name === 'result.json')?.content ?? '');
  else {
    io.out(`${terminalTable({ record, analysis, verdict }, printedIn(io), { colour: io.colour, columns: io.columns })}\n\n`);
    io.out(files.filter(({ name }) => written.includes(name)).map(({ name }) => `${folder}/${name}\n`).join(''));
  }
  if (formats.includes('github')) tellGithub(files, { verdict: verdict.status, folder }, languages[0] ?? 'en', host, io);
  if (failure !== null) throw failure;
  return 0;
}

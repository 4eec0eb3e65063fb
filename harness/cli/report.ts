import type { Host } from '../host/index.js';
import { conclude } from '../pipeline.js';
import { isComparison, readRecord } from '../record/index.js';
import { BenchError } from '../model/error.js';
import { nearestWord } from '../model/nearest.js';
import { reportFormats, terminalTable, type ReportFormat } from '../report/index.js';
import { reportComparison } from './compare.js';
import type { Io } from './io.js';
import { printedIn } from './language.js';
import { languagesOf, writeReports } from './report-files.js';

export interface ReportFlags {
  lang: 'en' | 'zh-CN' | 'both';
  /** Files to write, by kind, with commas between; all of them by default. */
  format?: string;
  output?: string;
  json?: boolean;
}

/** `html,json` as kinds of files. Throws usage for a word that is none. */
export function formatsOf(text: string): ReportFormat[] {
  return [...new Set(text.split(',').map((word) => {
    const asked = word.trim();
    const known = reportFormats.find((format) => format === asked);
    if (known !== undefined) return known;
    const near = nearestWord(asked, reportFormats);
    throw new BenchError('usage', `"${asked}" is not a format of a report.`, { hint: near === undefined ? `There are ${reportFormats.join(', ')}; give several with commas between.` : `Did you mean "${near}"?` });
  }))];
}

/** The folder a record lies in, whichever way it was named. */
function folderOf(path: string): string {
  return path.endsWith('.json') ? path.replace(/\/?[^/]*$/, '') || '.' : path.replace(/\/+$/, '');
}

/** `report`: renders a saved run again, from run.json alone, or a comparison, from comparison.json. */
export async function report(path: string, flags: ReportFlags, host: Host, io: Io): Promise<number> {
  const languages = languagesOf(flags.lang);
  if (isComparison(path, host.files)) {
    const formats = flags.format === undefined ? null : formatsOf(flags.format);
    return reportComparison(path, { languages, formats, output: flags.output ?? folderOf(path), json: flags.json === true }, host, io);
  }
  const record = readRecord(path, host.files);
  const formats = flags.format === undefined ? reportFormats : formatsOf(flags.format);
  const { analysis, verdict, files } = await conclude(record, languages, flags.json ? [...new Set([...formats, 'json'] as const)] : formats);
  const folder = flags.output ?? folderOf(path);
  host.files.makeDir(folder);
  const { written, failure } = writeReports(files, folder, host.files);
  if (flags.json) io.out(files.find((file) => file.name === 'result.json')?.content ?? '');
  else {
    io.out(`${terminalTable({ record, analysis, verdict }, printedIn(io), { colour: io.colour, columns: io.columns })}\n\n`);
    io.out(files.filter(({ name }) => written.includes(name)).map(({ name }) => `${folder}/${name}\n`).join(''));
  }
  if (failure !== null) throw failure;
  return 0;
}

/** `gate`: judges saved runs again. The worst exit code of all. */
export async function gate(paths: readonly string[], flags: { json?: boolean }, host: Host, io: Io): Promise<number> {
  let worst = 0;
  for (const path of paths) {
    const record = readRecord(path, host.files);
    const { analysis, verdict, files } = await conclude(record, ['en']);
    if (flags.json) io.out(files.find((file) => file.name === 'result.json')?.content ?? '');
    else io.out(`${record.id}\n${terminalTable({ record, analysis, verdict }, printedIn(io), { colour: io.colour, columns: io.columns })}\n\n`);
    const code = record.failure?.exitCode ?? verdict.exitCode;
    // A failed gate outranks "invalid": somebody must look at it first.
    worst = worst === 1 || code === 1 ? 1 : Math.max(worst, code);
  }
  return worst;
}

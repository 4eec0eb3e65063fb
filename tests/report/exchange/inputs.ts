import { analyseRecord } from '../../../harness/analysis/index.js';
import { judge } from '../../../harness/gate/index.js';
import type { ReportFormat, ReportInput } from '../../../harness/report/index.js';
import { renderReports } from '../../../harness/report/index.js';
import { jobRecord } from '../../analysis/job-record.js';
import { buildRecord, namedGate, percentileGate } from '../../analysis/record-builder.js';
import { searchRecord } from '../../analysis/search-record.js';
import { brokenInput } from '../broken-input.js';
import { sampleInput } from '../sample-input.js';

/** A record, analysed and judged. */
export function judged(record: ReportInput['record']): ReportInput {
  const analysis = analyseRecord(record);
  return { record, analysis, verdict: judge({ record, analysis }) };
}

export const hostile = '"]]><img src=x> @everyone\n::error::`|`, \\ =cmd\u0001\ud800';

/** Two clean stages that pass. */
export const clean = (): ReportInput => judged(buildRecord({ users: [1, 4], gates: [percentileGate('latency', 95, '<', 800)] }));

/** A job that trained something. */
export const job = (): ReportInput => judged(jobRecord({ server: true, gates: [namedGate('job', 'time', '<=', 60_000, { unit: 'ms' })] }));

/** A search that found its rate. */
export const search = (): ReportInput => judged(buildRecord(searchRecord([
  { rateRps: 120, latencyMs: 20, state: 'pass', purpose: 'bracket' }, { rateRps: 240, latencyMs: 2000, state: 'fail', purpose: 'bracket' }, { rateRps: 120, latencyMs: 20, state: 'pass', purpose: 'confirm' },
], { kind: 'found', lowRps: 120, highRps: 240, confirmed: 1, neededS: null }, { plan: { resolution: 0.5, confirm: 1 } })));

/** Every kind of run that there is, by name. */
export const everyInput = (): [string, ReportInput][] => [
  ['sample', sampleInput()], ['hostile', sampleInput({ gpus: 2, hostile })], ['broken', brokenInput()], ['clean', clean()], ['job', job()], ['search', search()], ['no stage', judged(buildRecord({ users: [] }))],
];

/** The files of one format, by name. */
export async function filesOf(input: ReportInput, format: ReportFormat, language: 'en' | 'zh-CN' = 'en'): Promise<Map<string, string>> {
  return new Map((await renderReports(input, { languages: [language], formats: [format] })).map(({ name, content }) => [name, content]));
}

/** The figures of one stage as every output shows them: one place decides how, so that no two outputs disagree. */
import type { Analysis, Estimate, Finding, StageAnalysis } from '../model/analysis.js';
import type { RunRecord, StageResult } from '../model/record.js';
import type { LoadLevel } from '../model/stage.js';
import { count, dash, mib, percent, plain, ratioFigure } from './number.js';
import type { Text } from './text/index.js';

/** A stage as measured and as analysed. */
export interface StagePair {
  result: StageResult;
  stage: StageAnalysis;
}

/** All stages in order, each with its analysis. */
export function allPairs(record: RunRecord, analysis: Analysis): StagePair[] {
  return analysis.stages.flatMap((stage) => {
    const result = record.stages.find((one) => one.stage.index === stage.index);
    return result ? [{ result, stage }] : [];
  });
}

/** A stage's name as it is read: the planned "24 users", "200/s", "burst of 500" and "24 users, again 1" in the words of the language, any other name as it is. Ids of gates keep the planned one. */
export function shownStage(text: Text, { name, level }: { name: string; level: LoadLevel }): string {
  const spike = /^spike (\S+) to (\S+)\/s$/.exec(name);
  if (spike !== null) return text.shapes.spikeName(plain(Number(spike[1])), plain(Number(spike[2])));
  const drill = /^drill at (\S+)\/s$/.exec(name);
  if (drill !== null) return text.shapes.drillName(plain(Number(drill[1])));
  const replay = /^replay(?: x(\S+?))?(?:, again (\d+))?$/.exec(name);
  if (replay !== null) {
    const shown = text.shapes.replayName(replay[1] ?? null);
    return replay[2] === undefined ? shown : text.table.repeatedStage(shown, replay[2]);
  }
  if (level.of === 'job') return name === 'job' ? text.job.stage : name;
  const value = String(level.value);
  const planned = { users: [`${value} user`, `${value} users`], rate: [`${value}/s`], burst: [`burst of ${value}`], pairs: [`${value} pair`, `${value} pairs`], peak: [] as string[] }[level.of];
  const [, base = name, again] = /^(.*?)(?:, again (\d+))?$/.exec(name) ?? [];
  if (!planned.includes(base)) return name;
  const shown = levelText(text, level);
  return again === undefined ? shown : text.table.repeatedStage(shown, again);
}

/** The name of a stage alone as it is read, for what has no plan beside it such as a comparison. */
export function shownName(text: Text, name: string): string {
  const kinds = [['users', /^(\d+) users?(?:, again \d+)?$/], ['rate', /^([\d.]+)\/s(?:, again \d+)?$/], ['burst', /^burst of (\d+)(?:, again \d+)?$/], ['pairs', /^(\d+) pairs?(?:, again \d+)?$/]] as const;
  for (const [of, pattern] of kinds) {
    const value = pattern.exec(name)?.[1];
    if (value !== undefined) return shownStage(text, { name, level: { of, value: Number(value) } });
  }
  return shownStage(text, { name, level: { of: name === 'job' ? 'job' : 'peak', value: 0 } });
}

/** "24 users", "200 requests/s" in the words of the language. */
export function levelText(text: Text, { of, value }: LoadLevel): string {
  if (of === 'job') return text.job.stage;
  if (of === 'peak') return text.shapes.peak(plain(value));
  if (of === 'pairs') return text.offline.pairs(count(value));
  if (of === 'burst') return text.table.plannedBurst(count(value));
  return of === 'users' ? text.table.plannedStage(String(value)) : text.table.plannedRate(plain(value));
}

/** The load of a stage as a number, for a column headed `levelHead`. */
export function levelFigure({ level: { of, value } }: StageAnalysis): string {
  return of === 'rate' || of === 'peak' ? plain(value) : count(value);
}

/** The same with its unit where stages of unlike loads stand under one head. */
export function loadFigure(stage: StageAnalysis, pairs: readonly StagePair[], text: Text): string {
  return new Set(pairs.map((pair) => pair.stage.level.of)).size > 1 ? levelText(text, stage.level) : levelFigure(stage);
}

/** What that column is called: by what all stages have, or in a word for both. */
export function levelHead(pairs: readonly StagePair[], { users, asked, atOnce, peak, pairs: lot, load }: { users: string; asked: string; atOnce: string; peak: string; pairs: string; load: string }): string {
  const kinds = new Set(pairs.map(({ stage }) => stage.level.of));
  if (kinds.size > 1) return load;
  if (kinds.has('burst')) return atOnce;
  if (kinds.has('peak')) return peak;
  if (kinds.has('pairs')) return lot;
  return kinds.has('rate') ? asked : users;
}

/** The measured stages, `stage.name` as it is read; warm-up stages are in the record and in result.json alone. */
export function stagePairs(record: RunRecord, analysis: Analysis, text: Text): StagePair[] {
  return allPairs(record, analysis)
    .filter(({ result }) => result.stage.role === 'measure')
    .map(({ result, stage }) => ({ result, stage: { ...stage, name: shownStage(text, stage) } }));
}

/** Length of the measured window, s. */
export function windowS(result: StageResult): number {
  return Math.max(0, result.windowToMs - result.windowFromMs) / 1000;
}

/** The value of a finding, or null. */
export function valueOf(finding: Finding<Estimate>): number | null {
  return finding.kind === 'found' ? finding.value.value : null;
}

/** "123", or a dash where the data do not suffice. */
export function figure(finding: Finding<Estimate>): string {
  return plain(valueOf(finding));
}

/** "[118, 131]"; a side the data cannot bound is a dash; '' where there is nothing. */
export function interval(low: number | null, high: number | null, show: (value: number | null) => string = plain): string {
  return low === null && high === null ? '' : `[${show(low)}, ${show(high)}]`;
}

/** The interval of a ratio; a side that few pairs leave wide open says so. */
export function ratioInterval(ratio: { low: number | null; high: number | null } | null | undefined): string {
  return interval(ratio?.low ?? null, ratio?.high ?? null, ratioFigure);
}

/** The interval of a mean: a side a thousand times away says no more than that it is far. */
export function intervalAround(mean: number | null, low: number | null, high: number | null): string {
  if (mean === null || mean <= 0) return interval(low, high);
  const far = 1000;
  return interval(low, high, (value) => (value === null ? plain(value) : value > mean * far ? `> ${plain(mean * far)}` : value < mean / far ? `< ${plain(mean / far)}` : plain(value)));
}

/** How many more answers a percentile needs; null when it has enough or the reason is another one. */
export function missing(finding: Finding<Estimate>, n: number): number | null {
  return finding.kind === 'absent' && finding.needed !== undefined && finding.needed > n ? finding.needed - n : null;
}

/** Failed requests and their share: "12 (0.4%)". */
export function errorFigure({ result, stage }: StagePair): string {
  const rate = valueOf(stage.errorRate);
  return rate === null ? count(result.requests.failed) : `${count(result.requests.failed)} (${percent(rate)})`;
}

/** Highest sample of every GPU in the stage, each for itself: "5.0 GiB / 5.3 GiB"; a dash where there is none. */
export function vramFigure(stage: StageAnalysis): string {
  return stage.gpus.length === 0 ? dash : stage.gpus.map((gpu) => mib(gpu.peakMiB)).join(' / ');
}

export const validitySymbol = { valid: '✓', suspect: '!', invalid: '⊘' } as const;
export const statusSymbol = { pass: '✓', fail: '✗', inconclusive: '?', invalid: '⊘', skipped: '–' } as const;

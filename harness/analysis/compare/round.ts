/** What a comparison needs of one run. */
import type { Analysis, Estimate, Finding } from '../../model/analysis.js';
import type { ArmQuality, ComparedMetric, Work } from '../../model/comparison.js';
import { readHistogram } from '../../model/histogram.js';
import type { RunRecord } from '../../model/record.js';
import type { Sent } from '../../model/sent.js';
import { simulatedMemoryPeakMiB } from '../../model/simulated-server.js';
import { decilesOf } from './decile-shift.js';
import { goldenScores, type GoldenScores } from './same-answers.js';
import { workOf } from './work.js';

/** One run's figures: of each measured stage by name, and of the whole run. Null where it was not measured or is not valid. */
export interface RoundFigures {
  stages: { name: string; figures: Partial<Record<ComparedMetric, number>>; sent?: Sent | undefined; work?: Work; deciles?: number[] | null }[];
  run: Partial<Record<ComparedMetric, number>>;
  /** What was sent, as facts that must agree. */
  traffic: Record<string, string>;
  /** A cache may have answered; absent = it may. */
  cached?: boolean;
  golden?: GoldenScores;
  /** How good the golden answers were. */
  quality?: ArmQuality | undefined;
  /** Answers under load that were compared with the golden ones, those that said something else, and those that moved by more than the tolerance. */
  answers?: { checked: number; flips: number; moved?: number };
}

/** The runs of one arm. */
export interface ArmRounds {
  name: string;
  /** By pair; null where the round gave no figures. */
  rounds: readonly (RoundFigures | null)[];
}

const valueOf = (finding: Finding<Estimate>): number | undefined => (finding.kind === 'found' ? finding.value.value : undefined);
const present = (figures: Partial<Record<ComparedMetric, number | null | undefined>>): Partial<Record<ComparedMetric, number>> =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => typeof value === 'number' && Number.isFinite(value) && value > 0)) as Partial<Record<ComparedMetric, number>>;

/** Stages that did not complete, or whose measurement is invalid, have no figures: they take no part. */
export function roundFigures(record: RunRecord, analysis: Analysis): RoundFigures {
  const stages = record.stages.flatMap((result, i) => {
    const stage = analysis.stages[i];
    if (stage === undefined || result.stage.role !== 'measure') return [];
    const counts = result.status === 'completed' && stage.validity.status !== 'invalid';
    const { p50, p95, p99 } = stage.latencyMs;
    return [{ name: stage.name, figures: counts ? present({ rps: stage.achievedRps, pairs: stage.offline?.pairsPerS, p50: valueOf(p50), p95: valueOf(p95), p99: valueOf(p99), time: stage.job?.durationS }) : {}, sent: result.sent, work: workOf(record, result, stage), deciles: counts ? decilesOf(readHistogram(result.latency)) : null }];
  });
  const peaks = analysis.gpus.kind === 'found' ? analysis.gpus.value.map(({ peakMiB }) => peakMiB ?? NaN) : [];
  const answers = record.stages.reduce((sum, { answers: one }) => ({ checked: sum.checked + one.checked, flips: sum.flips + one.flips, moved: sum.moved + one.moved }), { checked: 0, flips: 0, moved: 0 });
  return {
    stages,
    run: present({ rss: analysis.serverRssPeakMiB, vram: peaks.length === 0 ? null : Math.max(...peaks), simulatedMemory: simulatedMemoryPeakMiB(record.series) }),
    traffic: trafficOf(record), cached: !cacheless(record), golden: goldenScores(record), quality: qualityOf(record, analysis), answers,
  };
}

/** Undefined where no labelled pair was asked, or the scores mean nothing. */
function qualityOf({ probe }: RunRecord, { answers: { aucs, quality } }: Analysis): ArmQuality | undefined {
  const auc = valueOf(aucs.matchNot);
  const macroF1 = quality.kind === 'found' ? valueOf(quality.value.macroF1) : undefined;
  if (probe?.status !== 'done' || !probe.meaningful || (auc === undefined && macroF1 === undefined)) return undefined;
  return { pairs: probe.answered, auc: auc ?? null, macroF1: macroF1 ?? null };
}

/** The reference server was told to have no cache; of a simulated one there is none. */
function cacheless({ plan: { server } }: RunRecord): boolean {
  return server.kind === 'simulated' || (server.kind === 'reference' && server.cacheEntries === null && server.cacheBytes === undefined);
}

/**
 * How long the texts are and how often they repeat, by class. Two arms whose traffic differs in one of these answer two
 * questions: a cache likes repeats, and time goes with length. The same bodies in the same order always agree; so does a lot of pairs in batches of any size.
 */
function trafficOf({ dataset, plan }: RunRecord): Record<string, string> {
  if (dataset === null) return {};
  const { characters: c } = dataset;
  const share = (value: number | undefined): string => (value ?? 0).toFixed(3);
  return {
    requests: String(dataset.count),
    classes: Object.entries(dataset.byClass).map(([name, n]) => `${name} ${String(n)}`).join(', '),
    characters: `mean ${c.mean.toFixed(2)}, p50 ${String(c.p50)}, p90 ${String(c.p90)}, max ${String(c.max)}`,
    repeats: `addresses that stand more than once ${share(dataset.repeatShare)}, seen before ${share(dataset.seenShare)}`,
    load: JSON.stringify(plan.load.stages.map(({ arrival, durationS, minRequests }) => (arrival.kind === 'offline' ? { kind: arrival.kind, pairs: arrival.pairs } : { ...arrival, durationS, minRequests }))),
  };
}

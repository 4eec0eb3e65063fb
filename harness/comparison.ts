/**
 * Several runs of one scenario: its arms interleaved, or the same one again. Each run is whole and has a folder of its own; what is
 * said of them together is computed from their records alone.
 */
import { analyseRecord, compareArms, confidenceOfLook, findWinner, gateFigures, hasTimeForPair, orderOfPair, pairedChanges, pairsAtLooks, roundFigures, scalingOf, summariseArm, type ArmRounds, type GateFigures, type RoundFigures } from './analysis/index.js';
import { isSettled, judgePaired } from './gate/index.js';
import type { Context } from './host/index.js';
import type { Analysis } from './model/analysis.js';
import type { Baseline } from './model/baseline.js';
import { armsBeyondLimits } from './model/arm-limits.js';
import type { ArmComparison, ArmSubject, ArmSummary, ComparisonDesign, ComparisonRecord, PairedCheck, RoundCheck } from './model/comparison.js';
import { restsOnBaseline, shownUnit, type GatePlan } from './model/metric.js';
import type { Plan } from './model/plan.js';
import type { RunRecord } from './model/record.js';
import { isSimulatedServer } from './model/simulated-server.js';
import type { ArrivalMoments } from './model/stage-shapes.js';
import type { Verdict } from './model/verdict.js';
import { runPlan } from './pipeline.js';
import { openFolder } from './record/index.js';

export interface ArmPlan {
  name: string;
  settings: Record<string, string>;
  plan: Plan;
  moments?: ArrivalMoments;
}

export interface ComparisonOptions {
  arms: readonly ArmPlan[];
  design: ComparisonDesign;
  version: string;
  /** Folder of all runs; null = reports/<UTC time>-<scenario>-<4 characters>. */
  output: string | null;
  secrets: readonly string[];
  /** Words after `mgeo-bench run` that make the whole comparison. */
  asked?: readonly string[] | undefined;
  /** What each run is held against by itself. */
  baseline?: Baseline | undefined;
  /** Judges and writes one run's files; gives its verdict. */
  finish(record: RunRecord, folder: string): Promise<Verdict>;
}

/** Runs every round; a round that could not be made ends the series, and what was measured is kept. */
export async function runComparison({ arms, design, version, output, secrets, asked: words, baseline, finish }: ComparisonOptions, ctx: Context): Promise<{ record: ComparisonRecord; folder: string; failure: RunRecord['failure'] }> {
  const [first] = arms;
  if (first === undefined) throw new RangeError('a comparison has an arm');
  const { id, folder } = openFolder(first.plan, output, ctx);
  const machine = await ctx.host.machine.describe();
  const { clock, files } = ctx.host;
  const record: ComparisonRecord = {
    schema: 'mgeo-bench/comparison/1', id, name: first.plan.name, question: first.plan.question, startedAt: new Date(clock.epochMs() - ctx.sinceStartMs()).toISOString(), version, design,
    arms: arms.map(({ name, settings }) => ({ name, settings })), rounds: [], looks: 0,
    machine: { cpu: machine.cpu, cores: machine.cores, memoryMiB: machine.memoryMiB }, outcome: 'completed', summaries: [], comparisons: [],
  };
  // What is written down is what was done: of the looks, those that differ in their pairs.
  const looks = pairsAtLooks(design.pairs, design.mostPairs, design.looks);
  record.design = { ...design, looks: looks.length, tolerance: first.plan.answers.tolerance };
  const figures = new Map<string, (RoundFigures | null)[]>(arms.map(({ name }) => [name, []]));
  // In a comparison the first arm is the baseline: gates on one are judged over the pairs, not in each run.
  const held = arms.length > 1 ? first.plan.gates.filter(restsOnBaseline) : [];
  const asked = new Map<string, (GateFigures | null)[]>(arms.map(({ name }) => [name, []]));
  const confidence = confidenceOfLook(record.design, arms.length);
  const total = (pairs: number): number => pairs * arms.length;
  let failure: RunRecord['failure'] = null;
  let pair = 0;
  let seen = 0;
  for (const [look, pairs] of looks.entries()) {
    for (; pair < pairs && failure === null; pair += 1) {
      // The pairs of the first look are always made: without them nothing is known.
      if (look > 0 && !hasTimeForPair(design.budgetS, ctx.sinceStartMs() / 1000, pair)) {
        record.budgetSpent = true;
        break;
      }
      for (const index of orderOfPair(pair, arms.length)) {
        const arm = arms[index] as ArmPlan;
        const round = record.rounds.length + 1;
        const name = `rounds/${String(round).padStart(2, '0')}-${slugOf(arm.name, index)}`;
        ctx.onEvent({ kind: 'note', level: 'info', code: 'round', text: arm.name === '' ? `round ${String(round)} of ${String(total(pairs))}` : `round ${String(round)} of ${String(total(pairs))}: “${arm.name}”` });
        const startedMs = ctx.sinceStartMs();
        const open = await runPlan(held.length === 0 ? arm.plan : { ...arm.plan, gates: arm.plan.gates.filter((gate) => !restsOnBaseline(gate)) }, { output: `${folder}/${name}`, secrets, baseline, asked: words, round: true, ...(arm.moments === undefined ? {} : { moments: arm.moments }) }, { ...ctx, sinceStartMs: () => ctx.sinceStartMs() - startedMs });
        const verdict = await finish(open.record, open.folder);
        failure = open.record.failure;
        const analysis = analyseRecord(open.record);
        const told = record.arms[index];
        if (told !== undefined && pair === 0) told.subject = subjectOf(open.record);
        record.rounds.push({ arm: arm.name, pair, run: open.record.id, folder: name, outcome: open.record.outcome, verdict: verdict.status, why: failure?.message ?? null, ...roundFacts(open.record, analysis, verdict) });
        figures.get(arm.name)?.push(failure === null ? roundFigures(open.record, analysis) : null);
        for (const { outage } of analysis.stages) if (outage !== undefined) (record.drills ??= []).push({ arm: arm.name, pair, outage });
        if (held.length > 0) asked.get(arm.name)?.push(failure === null ? gateFigures(open.record, held) : null);
        if (failure !== null) break;
      }
    }
    // A look at the same pairs again would tell nothing.
    if (look > 0 && pair === seen) break;
    seen = pair;
    record.looks = look + 1;
    conclude(record, figures, confidence);
    if (held.length > 0) record.checks = checksOf(record, held, asked, confidence);
    files.writeText(`${folder}/comparison.json`, `${JSON.stringify(record, null, 2)}\n`);
    if (failure !== null || record.budgetSpent === true || (record.checks === undefined ? isAnswered(record) : isSettled(record.checks))) break;
  }
  if (failure !== null) record.outcome = failure.exitCode >= 130 ? 'aborted' : 'failed';
  files.writeText(`${folder}/comparison.json`, `${JSON.stringify(record, null, 2)}\n`);
  return { record, folder, failure };
}

/** Saved runs beside each other: pair i is the i-th run of either side. */
export function compareRecords(sides: readonly [readonly RunRecord[], readonly RunRecord[]], names: readonly [string, string], design: ComparisonDesign): Pick<ComparisonRecord, 'summaries' | 'comparisons'> {
  const rounds = (records: readonly RunRecord[]): RoundFigures[] => records.map((record) => roundFigures(record, analyseRecord(record)));
  const [a, b] = [{ name: names[0], rounds: rounds(sides[0]) }, { name: names[1], rounds: rounds(sides[1]) }];
  const confidence = confidenceOfLook(design, 2);
  return { summaries: [summariseArm(a, confidence), summariseArm(b, confidence)], comparisons: [compareArms(a, b, design, confidence)] };
}

function conclude(record: ComparisonRecord, figures: ReadonlyMap<string, (RoundFigures | null)[]>, confidence: number): void {
  const arms = record.arms.map(({ name }) => ({ name, rounds: figures.get(name) ?? [] }));
  const [first, ...others] = arms;
  record.summaries = arms.map((arm): ArmSummary => summariseArm(arm, confidence));
  // Drills are no rivals: each fails in its own way.
  record.comparisons = first === undefined || record.drills !== undefined ? [] : others.map((arm) => compareArms(first, arm, record.design, confidence));
  const compare = (one: ArmRounds, other: ArmRounds): ArmComparison => compareArms(one, other, record.design, confidence);
  const scaling = scalingOf({ ...record, arms }, compare);
  if (scaling !== undefined) record.scaling = scaling;
  // Who wins is one question, whether more of the same pay and what changes answers are others.
  const winner = record.design.by === undefined ? findWinner({ ...record, arms, beyond: armsBeyondLimits(record) }, compare) : undefined;
  if (winner === undefined) delete record.winner;
  else record.winner = winner;
}

/** Every gate on a baseline, of every other arm against the first. */
function checksOf({ comparisons }: ComparisonRecord, gates: readonly GatePlan[], figures: ReadonlyMap<string, (GateFigures | null)[]>, confidence: number): PairedCheck[] {
  return comparisons.flatMap(({ first, second, traffic }) =>
    pairedChanges(gates, figures.get(first) ?? [], figures.get(second) ?? [], confidence).map((change) => judgePaired(change, second, traffic.length === 0)));
}

/** What was asked is decided. */
function isAnswered({ comparisons, scaling, design }: ComparisonRecord): boolean {
  if (design.by === 'answers') return comparisons.every(({ answers }) => answers !== undefined);
  return scaling === undefined ? comparisons.every(isDecided) : scaling.every(({ word }) => word !== 'open');
}

function isDecided({ deciding, rows }: ComparisonRecord['comparisons'][number]): boolean {
  const word = deciding === null ? undefined : rows[deciding]?.word;
  return word !== undefined && word !== 'inconclusive';
}

/** What was measured, with what. */
export function subjectOf({ plan, server, engine }: RunRecord): ArmSubject {
  return {
    server: { kind: plan.server.kind, model: server?.model ?? null, modelSha256: server?.modelSha256 ?? null, scoresMeaningful: server?.scoresMeaningful ?? null, simulated: isSimulatedServer(server) },
    engine, load: plan.load, seed: plan.seed,
  };
}

/** What is kept of one run beside its figures: whether it may be believed, and how each of its expectations came out. */
export function roundFacts(record: RunRecord, analysis: Analysis, verdict: Verdict): Pick<ComparisonRecord['rounds'][number], 'invalid' | 'validity' | 'checks'> {
  const judged = analysis.stages.filter(({ index }) => analysis.search?.judged.includes(index) !== false);
  const statuses = judged.map(({ validity }) => validity.status);
  const worst = (['invalid', 'suspect'] as const).find((status) => statuses.includes(status)) ?? 'valid';
  const reasons = [...new Set(judged.flatMap(({ validity }) => validity.reasons.map(({ code }) => code)))];
  return { ...invalidOf(record, analysis), validity: { status: worst, reasons }, checks: verdict.checks.map((check): RoundCheck => {
    const { id, metric, expression, actual, limit, unit, level, status, reason } = check;
    const stage = [...record.stages.map((result) => result.stage), ...record.plan.load.stages].find(({ index }) => index === check.stage)?.name ?? null;
    const suffix = ` @ ${stage ?? ''}`;
    const plan = record.plan.gates.find((one) => one.metric === metric && one.expression === expression);
    return { gate: id.endsWith(suffix) ? id.slice(0, -suffix.length) : id, stage, metric, actual, limit, unit: plan === undefined ? unit : shownUnit(plan), level, status, reason };
  }) };
}

/** Why the first of its stages is no measurement; of a search only those at the found rate count. */
export function invalidOf({ stages }: RunRecord, { stages: analysed, search }: Analysis): Pick<ComparisonRecord['rounds'][number], 'invalid'> {
  for (const { index, validity } of analysed) {
    if (search?.judged.includes(index) === false) continue;
    const reason = validity.reasons.find(({ level }) => level === 'invalid');
    if (reason !== undefined) return { invalid: { stage: stages.find(({ stage }) => stage.index === index)?.stage.name ?? '', reason: { code: reason.code, value: reason.value, limit: reason.limit, params: reason.params } } };
  }
  return {};
}

/** A folder's name of an arm's. */
function slugOf(name: string, index: number): string {
  const slug = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 40);
  return slug === '' ? `arm-${String(index + 1)}` : slug;
}

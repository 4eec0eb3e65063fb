import type { Context } from '../host/index.js';
import type { AddressPair, AnyClass, ProbePair } from '../model/dataset.js';
import { histogramOf, saveHistogram } from '../model/histogram.js';
import { auc, median } from '../model/rank.js';
import type { ProbeRecord } from '../model/record.js';
import { createAsker, type Asker } from './ask.js';
import { keepGolden, keepProbes, type Asked } from './keep.js';
import { judgeOracles } from './oracle.js';
import type { ProbeOptions } from './options.js';

export { recogniseServer, type Attempt, type Recognised } from './wire/recognise.js';
export { probeAbnormal } from './abnormal.js';
export { probeConformance, watchBoot } from './conformance/index.js';

/** Answers at concurrency 1 before any load: the truth that answers under load are held against. */
export interface Probe {
  record: ProbeRecord;
  /** Body index -> score. */
  golden: Map<number, number>;
}

/** After this many wrong answers in a row, with none right, the server does not speak this format. */
const hopeless = 5;

/** Asks every golden pair once, one after another, then checks the oracles, then asks the probe pairs. */
export async function probeAnswers(options: ProbeOptions, ctx: Context): Promise<Probe> {
  const golden = new Map<number, number>();
  const skipped = (why: string): Probe => ({ record: { status: 'skipped', why }, golden });
  if (options.pairs.length === 0) return skipped('no golden answers were asked for, or no pair of the dataset expects an answer');

  const asker = createAsker(options, ctx);
  const asked: Asked<AddressPair>[] = [];
  for (const [bodyIndex, pair] of options.pairs) {
    const answer = await asker.ask(pair.a, pair.b);
    asked.push({ pair, answer });
    if (answer !== null) golden.set(bodyIndex, answer.score);
    else if (golden.size === 0 && asked.length >= hopeless) break;
    if (asked.length % 20 === 0) ctx.onEvent({ kind: 'progress', phase: 'probe', what: 'golden answers', done: asked.length, total: options.pairs.length });
  }
  const scored = asked.flatMap(({ pair, answer }) => (answer === null ? [] : [{ pair, score: answer.score }]));
  if (scored.length === 0) return { golden, record: summarise(asked, scored, [], asker, options) };
  const oracles = await judgeOracles(scored, { ...options, ask: async (a, b) => (await asker.ask(a, b))?.score ?? null }, ctx);
  const record = summarise(asked, scored, oracles, asker, options);
  const probes = await askProbes(options, asker, ctx);
  return { golden, record: probes.length === 0 ? record : { ...record, probes: keepProbes(probes, options) } };
}

/** Wrong answers to probe pairs count as not passed there; they are no wrong answers of the golden pairs. */
async function askProbes(options: ProbeOptions, { ask }: Asker, ctx: Context): Promise<Asked<ProbePair>[]> {
  const asked: Asked<ProbePair>[] = [];
  for (const pair of options.probePairs) {
    asked.push({ pair, answer: await ask(pair.a, pair.b) });
    if (asked.length % 20 === 0) ctx.onEvent({ kind: 'progress', phase: 'probe', what: 'probe pairs', done: asked.length, total: options.probePairs.length });
  }
  return asked;
}

type Done = Extract<ProbeRecord, { status: 'done' }>;

function summarise(
  asked: readonly Asked<AddressPair>[],
  scored: readonly { pair: AddressPair; score: number }[],
  oracles: Done['oracles'],
  asker: Asker,
  options: ProbeOptions,
): Done {
  const medians: Partial<Record<AnyClass, number>> = {};
  for (const name of new Set(scored.map(({ pair }) => pair.class))) {
    medians[name] = median(scored.filter(({ pair }) => pair.class === name).map(({ score }) => score));
  }
  const of = (name: AnyClass): number[] => scored.filter(({ pair }) => pair.class === name).map(({ score }) => score);
  const operators = new Set(asked.flatMap(({ pair }) => pair.operators));
  return {
    status: 'done',
    asked: asked.length,
    answered: scored.length,
    wrong: Object.fromEntries([...asker.wrong].sort()),
    latency: saveHistogram(histogramOf(asker.latenciesUs)),
    medians,
    auc: auc(of('high'), of('low')),
    oracles,
    meaningful: options.server.scoresMeaningful !== false,
    golden: keepGolden(asked, options),
    families: Object.fromEntries([...operators].sort().map((operator) => [operator, options.familyOf(operator)])),
  };
}

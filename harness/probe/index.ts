import type { Context } from '../host/index.js';
import type { AddressPair, PairClass } from '../model/dataset.js';
import { histogramOf, saveHistogram } from '../model/histogram.js';
import type { ProbeRecord } from '../model/record.js';
import { createAsker, type Asker } from './ask.js';
import { judgeOracles } from './oracle.js';
import type { ProbeOptions } from './options.js';
import { auc, median } from './rank.js';

/** Answers at concurrency 1 before any load: the truth that answers under load are held against. */
export interface Probe {
  record: ProbeRecord;
  /** Body index -> score. */
  golden: Map<number, number>;
}

/** After this many wrong answers in a row, with none right, the server does not speak this format. */
const hopeless = 5;

/** Asks every golden pair once, one after another, then checks the oracles. */
export async function probeAnswers(options: ProbeOptions, ctx: Context): Promise<Probe> {
  const golden = new Map<number, number>();
  const skipped = (why: string): Probe => ({ record: { status: 'skipped', why }, golden });
  if (options.pairs.length === 0) return skipped('no golden answers were asked for, or no pair of the dataset expects an answer');

  const asker = createAsker(options, ctx);
  const scored: { pair: AddressPair; score: number }[] = [];
  let asked = 0;
  for (const [bodyIndex, pair] of options.pairs) {
    asked += 1;
    const score = await asker.ask(pair.a, pair.b);
    if (score !== null) {
      golden.set(bodyIndex, score);
      scored.push({ pair, score });
    } else if (scored.length === 0 && asked >= hopeless) break;
    if (asked % 20 === 0) ctx.onEvent({ kind: 'progress', phase: 'probe', what: 'golden answers', done: asked, total: options.pairs.length });
  }
  const oracles = scored.length === 0 ? [] : await judgeOracles(scored, { ...options, ask: asker.ask }, ctx);
  return { golden, record: summarise(asked, scored, oracles, asker, options) };
}

function summarise(
  asked: number,
  scored: readonly { pair: AddressPair; score: number }[],
  oracles: Extract<ProbeRecord, { status: 'done' }>['oracles'],
  asker: Asker,
  options: ProbeOptions,
): ProbeRecord {
  const medians: Partial<Record<PairClass, number>> = {};
  for (const name of new Set(scored.map(({ pair }) => pair.class))) {
    medians[name] = median(scored.filter(({ pair }) => pair.class === name).map(({ score }) => score));
  }
  return {
    status: 'done',
    asked,
    answered: scored.length,
    wrong: Object.fromEntries([...asker.wrong].sort()),
    latency: saveHistogram(histogramOf(asker.latenciesUs)),
    medians,
    auc: auc(scored.filter(({ pair }) => pair.class === 'high').map(({ score }) => score), scored.filter(({ pair }) => pair.class === 'low').map(({ score }) => score)),
    oracles,
    meaningful: options.server.scoresMeaningful !== false,
  };
}

/**
 * Truths about answers that need no labels (docs/metrics.md, "Answers"). An oracle that does not hold for every sound model is
 * judged only where it is known to hold; elsewhere its value is shown and the status is `skipped`.
 */
import type { Context } from '../host/index.js';
import type { AddressPair } from '../model/dataset.js';
import type { ProbeRecord } from '../model/record.js';
import { auc, median } from '../model/rank.js';
import type { ProbeOptions } from './options.js';

type Oracle = Extract<ProbeRecord, { status: 'done' }>['oracles'][number];
type Scored = readonly { pair: AddressPair; score: number }[];
type Options = ProbeOptions & { ask: (a: string, b: string) => Promise<number | null> };

/** How many pairs each oracle that asks again uses. */
const sample = 20;
/** Hanley–McNeil: with fewer than this many on either side an AUC says little. */
const leastForAuc = 10;
/** A matcher below this does not match at all (a checkpoint loaded under the wrong keys, for one). */
const leastAuc = 0.8;

/**
 * Asks what the oracles need beyond the golden answers and judges each. `scored`: right golden answers; an oracle for which they are too few is
 * `skipped` with its reason.
 */
export async function judgeOracles(scored: Scored, options: Options, ctx: Context): Promise<Oracle[]> {
  const kind = modelKind(options.server.health);
  const some = scored.slice(0, sample);
  ctx.onEvent({ kind: 'progress', phase: 'probe', what: 'oracles', done: 0, total: null });
  return [
    await repeatOracle(some, options),
    await equalPairOracle(some, scored, options),
    await symmetryOracle(some, kind, options),
    await droppedCharactersOracle(some, kind, options),
    notConstantOracle(scored),
    classMediansOracle(scored, options),
    aucOracle(scored, options),
  ];
}

/** The same question twice at concurrency 1 gives the same answer. */
async function repeatOracle(some: Scored, options: Options): Promise<Oracle> {
  return bounded('repeat', await deltas(some, (pair) => options.ask(pair.a, pair.b)), options.tolerance);
}

/** Equal addresses score the top of the range, or at least above every other pair (a cross-encoder never says quite 1). */
async function equalPairOracle(some: Scored, all: Scored, options: Options): Promise<Oracle> {
  const scores: number[] = [];
  for (const { pair } of some) {
    const score = await options.ask(pair.a, pair.a);
    if (score !== null) scores.push(score);
  }
  if (scores.length === 0) return skipped('equal-pair', 'no answer');
  const [least, most] = options.request.scoreRange;
  const lowest = Math.min(...scores);
  const top = most - (most - least) * 1e-3;
  const others = all.filter(({ pair }) => pair.a !== pair.b).map(({ score }) => score);
  const highestOther = others.length === 0 ? top : Math.max(...others);
  const pass = lowest >= top || lowest >= highestOther;
  return { id: 'equal-pair', status: pass ? 'pass' : 'fail', value: lowest, limit: Math.min(top, highestOther), n: scores.length, why: null };
}

/** Swapping the addresses changes nothing: exact for a bi-encoder, not promised by a cross-encoder. */
async function symmetryOracle(some: Scored, kind: string | null, options: Options): Promise<Oracle> {
  const found = bounded('symmetry', await deltas(some, (pair) => options.ask(pair.b, pair.a)), options.tolerance);
  return kind === 'bi-encoder' ? found : notPromised(found, 'the server does not say that its model is a bi-encoder');
}

/** Characters that a BERT tokenizer drops (U+200B, U+2060) change nothing. */
async function droppedCharactersOracle(some: Scored, kind: string | null, options: Options): Promise<Oracle> {
  const dirty = (text: string): string => {
    const characters = [...text];
    const middle = characters.length >> 1;
    return `\u200b${characters.slice(0, middle).join('')}\u2060${characters.slice(middle).join('')}`;
  };
  const found = bounded('dropped-characters', await deltas(some, (pair) => options.ask(dirty(pair.a), pair.b)), options.tolerance);
  return kind === null ? notPromised(found, 'the server does not say what model it runs') : found;
}

/** Not all answers are alike: a server that hides its errors behind one constant score is caught here. */
function notConstantOracle(scored: Scored): Oracle {
  const distinct = new Set(scored.map(({ score }) => score)).size;
  if (scored.length < sample) return skipped('not-constant', 'too few answers');
  const limit = Math.ceil(scored.length / 10);
  return { id: 'not-constant', status: distinct >= limit ? 'pass' : 'fail', value: distinct, limit, n: scored.length, why: null };
}

/** Medians in order: high > boundary > low. The value is the smaller of the two steps. */
function classMediansOracle(scored: Scored, options: Options): Oracle {
  const of = (name: string): number[] => scored.filter(({ pair }) => pair.class === name).map(({ score }) => score);
  const [high, boundary, low] = [of('high'), of('boundary'), of('low')];
  if (Math.min(high.length, boundary.length, low.length) < leastForAuc) return skipped('class-medians', 'too few answers of each class');
  const step = Math.min(median(high) - median(boundary), median(boundary) - median(low));
  const found: Oracle = { id: 'class-medians', status: step > 0 ? 'pass' : 'fail', value: step, limit: 0, n: high.length + boundary.length + low.length, why: null };
  if (isOwn(scored)) return notPromised(found, ownPairs);
  if (options.server.scoresMeaningful === true) return found;
  return notPromised(found, options.server.scoresMeaningful === false ? 'the server says that its scores mean nothing' : 'not known to hold for this model');
}

/** The matcher works at all: AUC of high against low. */
function aucOracle(scored: Scored, options: Options): Oracle {
  const of = (name: string): number[] => scored.filter(({ pair }) => pair.class === name).map(({ score }) => score);
  const [high, low] = [of('high'), of('low')];
  const value = auc(high, low);
  if (value === null || Math.min(high.length, low.length) < leastForAuc) return skipped('auc', 'too few answers of class high or low');
  const found: Oracle = { id: 'auc', status: value >= leastAuc ? 'pass' : 'fail', value, limit: leastAuc, n: high.length + low.length, why: null };
  if (isOwn(scored)) return notPromised(found, ownPairs);
  return options.server.scoresMeaningful === false ? notPromised(found, 'the server says that its scores mean nothing') : found;
}

/** Pairs of the user's own may be labelled in any way and be as hard as life: what they show is a figure, not a truth about the server. */
const isOwn = (scored: Scored): boolean => scored.some(({ pair }) => pair.line !== undefined);
const ownPairs = 'the pairs are your own, and nothing is known of how hard they are';

/** |difference| between the golden score and the answer to the changed question. */
async function deltas(some: Scored, again: (pair: AddressPair) => Promise<number | null>): Promise<number[]> {
  const found: number[] = [];
  for (const { pair, score } of some) {
    const other = await again(pair);
    if (other !== null) found.push(Math.abs(other - score));
  }
  return found;
}

function bounded(id: string, differences: readonly number[], limit: number): Oracle {
  if (differences.length === 0) return skipped(id, 'no answer');
  const value = Math.max(...differences);
  return { id, status: value <= limit ? 'pass' : 'fail', value, limit, n: differences.length, why: null };
}

function skipped(id: string, why: string): Oracle {
  return { id, status: 'skipped', value: null, limit: null, n: 0, why };
}

function notPromised(found: Oracle, why: string): Oracle {
  return { ...found, status: 'skipped', why };
}

function modelKind(health: unknown): string | null {
  const model = (health as { model?: unknown } | null)?.model;
  const kind = (model as { kind?: unknown } | null | undefined)?.kind;
  return typeof kind === 'string' ? kind : null;
}

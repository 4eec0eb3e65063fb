import { createHash } from 'node:crypto';
import { createBodyTexts, createDataset, createTokenCounter, familyOf, loadLexicon, probePairs, summariseDataset, vocabularyPath, type OwnPairs } from './dataset/index.js';
import type { Context } from './host/index.js';
import { resolveEngine, type Engine } from './load/index.js';
import type { AbnormalRequest, AddressPair, DatasetSummary, ProbePair } from './model/dataset.js';
import { BenchError } from './model/error.js';
import type { Plan } from './model/plan.js';
import { mixSeed, shuffledIndices } from './model/random.js';
import type { RunRecord } from './model/record.js';
import type { BodyExpectation } from './model/request.js';
import { groupDigits } from './model/unit.js';
import { bodyBytes, encodeLine, expectationOf, openBodies, type RunBodies } from './request/index.js';

/** All that will be sent: the bodies for the engines, what each should bring, and the pairs to ask golden answers for. */
export interface Traffic {
  bodies: RunBodies;
  summary: DatasetSummary;
  /** By place in the order of all pairs of the run. */
  golden: (readonly [number, AddressPair])[];
  /** Each abnormal kind that is among the bodies, once. */
  abnormal: AbnormalRequest[];
  /** Pairs that ask for knowledge of the world; empty where the plan does not want them. */
  probePairs: readonly ProbePair[];
  familyOf: (operator: string) => string;
  /** Invented addresses may be shown; a user's own only where the plan says so. */
  mayKeepText: (pair: AddressPair) => boolean;
}

/**
 * Writes every request body of the run into scratch files, in a seeded order, one a line. They hold addresses, so they lie
 * outside the run's folder and go when the harness goes.
 * @param own the user's own pairs, where the plan names a file
 */
async function prepareTraffic(plan: Plan, own: OwnPairs | null, ctx: Context): Promise<Traffic> {
  const { files } = ctx.host;
  const lexicon = loadLexicon(files, files.packageRoot);
  const dataset = own ?? createDataset(plan.dataset, lexicon, { ...plan.request.keys, body: plan.request.body });
  checkEnough(plan, dataset.count);
  const order = shuffledIndices(dataset.count, mixSeed(plan.seed, 1));
  const bodies = openBodies(plan, dataset.count, ctx);
  const hash = createHash('sha256');
  const summary = summariseDataset(plan.dataset);
  const texts = createBodyTexts(dataset.count, createTokenCounter(files.readText(`${files.packageRoot}/${vocabularyPath}`)));
  const shared = new Map<string, BodyExpectation>();
  const golden: (readonly [number, AddressPair])[] = [];
  const abnormal = new Map<string, AbnormalRequest>();
  for (const [bodyIndex, pairIndex] of order.entries()) {
    const pair = dataset.pair(pairIndex);
    const line = encodeLine(plan.request, pair);
    const made = expectationOf(pair);
    // One object for all pairs of a class: there may be millions.
    const expectation = made.kind === undefined ? (shared.get(made.class) ?? made) : made;
    shared.set(made.class, expectation);
    // Spread evenly, so that every stage meets some of them wherever in the order it begins.
    const due = Math.ceil((plan.answers.golden * (bodyIndex + 1)) / dataset.count);
    if (expectation.expect === 'answer' && pair.abnormal === undefined && golden.length < due) golden.push([bodyIndex, pair]);
    if (pair.abnormal !== undefined && !abnormal.has(pair.abnormal.kind)) abnormal.set(pair.abnormal.kind, pair.abnormal);
    summary.add(pair, bodyBytes(line));
    texts.add(pair, line);
    hash.update(line).update('\n');
    await bodies.add(pair, line, expectation);
    ctx.signal.throwIfAborted();
  }
  return {
    bodies: await bodies.finish(texts.finish()), golden,
    summary: { ...summary.finish(hash.digest('hex')), ...(own === null ? {} : { own: own.summary }) },
    abnormal: [...abnormal.values()].sort((x, y) => (x.kind < y.kind ? -1 : 1)),
    probePairs: plan.answers.probes === true && golden.length > 0 ? probePairs(lexicon) : [],
    familyOf,
    mayKeepText: ({ line }) => line === undefined || plan.record.addresses === true,
  };
}

/** Pairs of a file are counted when it is read. Lots of pairs are sent once; whoever else sends has pairs of its own. */
function checkEnough({ load, dataset }: Plan, count: number): void {
  const lots = load.stages.reduce((sum, { arrival }) => sum + (arrival.kind === 'offline' ? arrival.pairs : 0), 0);
  const least = lots + (lots > 0 && load.stages.some(({ arrival }) => arrival.kind !== 'offline') ? 1 : 0);
  if (count >= least) return;
  throw new BenchError('dataset-unusable', `${dataset.own?.file ?? 'The dataset'} has ${groupDigits(count)} pairs, and the load sends ${groupDigits(lots)} once each${least > lots ? ' and others beside them' : ''}.`, { hint: 'Ask for fewer pairs in load.offline or load.mix.' });
}

/** Dataset, requests and engine, into the record too: what a run makes before it boots the server. */
export async function prepareLoad(plan: Plan, own: OwnPairs | null, record: RunRecord, ctx: Context): Promise<{ traffic: Traffic; engine: Engine }> {
  ctx.onEvent({ kind: 'phase', phase: 'dataset' });
  for (const [code, text] of own?.notes ?? []) ctx.onEvent({ kind: 'note', level: 'warn', code, text });
  if (plan.load.stages.some(({ arrival }) => arrival.kind === 'offline' && arrival.askedBatch !== undefined)) {
    ctx.onEvent({ kind: 'note', level: 'warn', code: 'no-batch-endpoint', text: `the wire format ${plan.request.format} has no batch endpoint: each pair is sent as a call of its own` });
  }
  const traffic = await prepareTraffic(plan, own, ctx);
  own?.close();
  record.dataset = traffic.summary;
  ctx.onEvent({ kind: 'phase', phase: 'prepare' });
  const engine = await resolveEngine(plan.load.engine, plan.server, ctx);
  record.engine = { name: engine.name, version: engine.version, why: engine.why };
  return { traffic, engine };
}

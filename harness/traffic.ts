import { createHash } from 'node:crypto';
import { createDataset, loadLexicon, summariseDataset } from './dataset/index.js';
import type { Context } from './host/index.js';
import type { AddressPair, DatasetSummary } from './model/dataset.js';
import type { Plan } from './model/plan.js';
import { mixSeed, shuffledIndices } from './model/random.js';
import type { BodyExpectation, BodySet } from './model/request.js';
import { encodeLine, expectationOf } from './request/index.js';

/** All that will be sent: the bodies file for the engines, what each body should bring, and the pairs to ask golden answers for. */
export interface Traffic {
  bodies: BodySet;
  summary: DatasetSummary;
  golden: (readonly [number, AddressPair])[];
}

/**
 * Writes every request body of the run into a scratch file, in a seeded order, one a line. The file holds addresses, so it lies
 * outside the run's folder and goes when the harness goes.
 */
export async function prepareTraffic(plan: Plan, ctx: Context): Promise<Traffic> {
  const { files } = ctx.host;
  const dataset = createDataset(plan.dataset, loadLexicon(files, files.packageRoot), plan.request.keys);
  const order = shuffledIndices(dataset.count, mixSeed(plan.seed, 1));
  const file = `${files.scratchDir('bodies')}/bodies.txt`;
  const writer = files.writer(file);
  const hash = createHash('sha256');
  const summary = summariseDataset(plan.dataset);
  const expectations: BodyExpectation[] = [];
  const golden: (readonly [number, AddressPair])[] = [];
  for (const [bodyIndex, pairIndex] of order.entries()) {
    const pair = dataset.pair(pairIndex);
    const line = encodeLine(plan.request, pair);
    const expectation = expectationOf(pair);
    expectations.push(expectation);
    // Spread evenly, so that every stage meets some of them wherever in the order it begins.
    const due = Math.ceil((plan.answers.golden * (bodyIndex + 1)) / dataset.count);
    if (expectation.expect === 'answer' && pair.abnormal === undefined && golden.length < due) golden.push([bodyIndex, pair]);
    summary.add(pair, Buffer.byteLength(line));
    hash.update(line).update('\n');
    await writer.write(`${line}\n`);
    ctx.signal.throwIfAborted();
  }
  await writer.close();
  return { bodies: { file, count: dataset.count, expectations }, summary: summary.finish(hash.digest('hex')), golden };
}

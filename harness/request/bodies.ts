/** The bodies of a run, in files for the engines: one a line, in the order in which they are sent. */
import type { Context, FileWriter } from '../host/index.js';
import type { AddressPair } from '../model/dataset.js';
import type { Plan } from '../model/plan.js';
import type { BodyExpectation, BodySet, BodyTexts } from '../model/request.js';
import { encodeBatch, encodePair } from './batch.js';

/** Bodies and the places of their pairs among all of the run: [from, to). */
export interface PlacedBodies {
  bodies: BodySet;
  from: number;
  to: number;
}

/** What each stage sends: an offline load has pairs of its own, which nobody else sends; all others share the rest. */
export interface RunBodies {
  shared: PlacedBodies;
  /** By index of the stage. */
  offline: ReadonlyMap<number, PlacedBodies>;
}

export interface BodyWriter {
  /** The next pair of the run. `line`: its body as a request of its own. */
  add(pair: AddressPair, line: string, expectation: BodyExpectation): Promise<void>;
  finish(texts: BodyTexts): Promise<RunBodies>;
}

interface Lot {
  stage: number | null;
  from: number;
  to: number;
  batch: number;
  file: string;
  writer: FileWriter;
  expectations: BodyExpectation[];
  /** Encoded pairs of the batch that is being filled. */
  waiting: string[];
}

/** Writers for all stages of `plan` over `count` pairs. */
export function openBodies({ load, request }: Pick<Plan, 'load' | 'request'>, count: number, { host: { files } }: Pick<Context, 'host'>): BodyWriter {
  const folder = files.scratchDir('bodies');
  const open = (stage: number | null, from: number, to: number, batch: number): Lot => {
    const file = `${folder}/bodies${stage === null ? '' : `-${String(stage)}`}.txt`;
    return { stage, from, to, batch, file, writer: files.writer(file), expectations: [], waiting: [] };
  };
  const lots: Lot[] = [];
  let at = 0;
  for (const { index, arrival } of load.stages) {
    if (arrival.kind !== 'offline') continue;
    lots.push(open(index, at, at + arrival.pairs, arrival.batch));
    at += arrival.pairs;
  }
  const shared = open(null, at, Math.max(at, count), 1);
  const flush = (lot: Lot): Promise<void> => lot.writer.write(`${encodeBatch(request, lot.waiting.splice(0))}\n`);
  let index = 0;
  return {
    add: async (pair, line, expectation) => {
      const lot = lots.find(({ to }) => index < to) ?? shared;
      index += 1;
      lot.expectations.push(expectation);
      if (lot.batch === 1) return lot.writer.write(`${line}\n`);
      lot.waiting.push(encodePair(request, pair));
      if (lot.waiting.length === lot.batch) await flush(lot);
    },
    finish: async (texts) => {
      for (const lot of [...lots, shared]) {
        if (lot.waiting.length > 0) await flush(lot);
        await lot.writer.close();
      }
      const placed = ({ from, to, batch, file, expectations }: Lot): PlacedBodies => ({
        from, to,
        bodies: { file, count: Math.ceil((to - from) / batch), ...(batch === 1 ? {} : { pairsEach: batch }), expectations, texts: { tokens: texts.tokens.subarray(2 * from, 2 * to), first: texts.first.subarray(from, to) } },
      });
      return { shared: placed(shared), offline: new Map(lots.map((lot) => [lot.stage ?? 0, placed(lot)])) };
    },
  };
}

/** What a stage sends, with the golden scores among it by their places there. */
export function bodiesFor(stage: number, { shared, offline }: RunBodies, golden: ReadonlyMap<number, number>): { bodies: BodySet; golden: ReadonlyMap<number, number> } {
  const { bodies, from, to } = offline.get(stage) ?? shared;
  return { bodies, golden: new Map([...golden].filter(([pair]) => pair >= from && pair < to).map(([pair, score]) => [pair - from, score])) };
}

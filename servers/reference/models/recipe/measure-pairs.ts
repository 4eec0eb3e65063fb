/**
 * Pairs a second of bare batches in one thread, with nothing around the runtime: `node dist/servers/reference/models/recipe/measure-pairs.js FOLDER
 * [fp32|int8] [seconds]`. 18 tokens a side, as an average address has. Prints one line of JSON.
 */
import { resolve } from 'node:path';
import { workerSettings } from '../../inference/index.js';
import { openSession } from '../../inference/session.js';
import { precisions, type Precision } from '../../inference/types.js';
import { loadModelFolder } from '../../model/model-folder.js';
import { describeMachine } from './machine.js';

const tokens = 18;
const batches = [1, 32] as const;
/** The best of several rounds: what the model can do when nobody else uses the core. */
const rounds = 5;

/** Ids of common characters; which ones they are does not change the cost. */
const firstId = 2400;
const idSpan = 5000;

const measure = async (folder: string, precision: Precision, durationS: number): Promise<{ batch: number; pairsRps: number }[]> => {
  const session = await openSession(workerSettings(await loadModelFolder(folder, precision), 1));
  const rates: { batch: number; pairsRps: number }[] = [];
  for (const batch of batches) {
    const ids = Int32Array.from({ length: batch * 2 * tokens }, (_, at) => firstId + ((at * 7919) % idSpan));
    const lengths = new Int32Array(batch * 2).fill(tokens);
    for (let warm = 0; warm < 20; warm += 1) await session.embed(ids, lengths);
    let best = 0;
    for (let round = 0; round < rounds; round += 1) {
      const startMs = performance.now();
      let done = 0;
      let elapsedS = 0;
      while (elapsedS < durationS / rounds) {
        await session.embed(ids, lengths);
        done += batch;
        elapsedS = (performance.now() - startMs) / 1000;
      }
      best = Math.max(best, done / elapsedS);
    }
    rates.push({ batch, pairsRps: Math.round(best) });
  }
  return rates;
};

const [, , folder, word = 'int8', seconds = '5'] = process.argv;
const precision = precisions.find((name) => name === word);
if (folder === undefined || precision === undefined || !(Number(seconds) > 0)) {
  process.stderr.write('usage: measure-pairs.js FOLDER [fp32|int8] [seconds]\n');
  process.exitCode = 2;
} else {
  const rates = await measure(resolve(folder), precision, Number(seconds));
  process.stdout.write(`${JSON.stringify({ machine: describeMachine(), precision, tokens, rates })}\n`);
}

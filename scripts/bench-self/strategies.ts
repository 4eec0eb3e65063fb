/** What strategies of the reference server are worth: a cache under repeats, a queue's price for a lone request, batching on a simulated accelerator. */
import type { ComparedMetric, ComparisonFile } from '../../harness/model/comparison.js';
import { autoEngine, type Bench, type Part } from './bench.js';
import { mark, number, percent } from './figure.js';
import { leastWindowS } from './load.js';
import { armOf, besideFirst, compareArms, leftOut, meanOf, ratioOf, type Compared } from './strategies/compare-arms.js';

const mix = { high: 3000, low: 3000, boundary: 3000, noisy: 3000 };
/** Pairs of each class; each is asked once: a second pass would find every address in the cache. */
const repeatsEach = 400;
const leastOfRepeats = 2.5;
const mostOfLone = 1.05;
const leastOfBatching = 2.4;
const mostP95OfBatching = 1 / 9.4;
const mostMemoryOfBatching = 1 - 0.22;
/** What FastAPI gives to handlers that block, unless told otherwise. */
const usualThreads = 40;

export const strategies: Part = {
  word: 'strategies',
  run: async (bench) => {
    const seconds = (full: number): string => `${String(Math.max(leastWindowS, Math.round(bench.seconds(full))))}s`;
    const cached = await repeats(bench);
    const lone = await loneRequest(seconds(8), bench);
    const simulated = await accelerator(seconds(12), bench);
    return {
      title: 'What strategies are worth',
      columns: ['question', 'arm', 'requests/s', 'of the first arm', 'p50', 'p95', 'p95 of the first arm', 'answers under load that flipped', 'simulated memory', 'aim'],
      rows: [
        ...rowsOf('63 % repeats, a cache', cached, (arm) => aim(ratioOf(cached, 'unique', arm, 'rps'), (ratio) => ratio >= leastOfRepeats && sameAnswers(cached, arm), `≥ ${String(leastOfRepeats)} ×, same answers`)),
        ...rowsOf('one user, nobody else', lone, (arm) => aim(ratioOf(lone, 'none', arm, 'p50'), (ratio) => ratio <= mostOfLone, `p50 ≤ ${String(mostOfLone)} ×`)),
        ...rowsOf('500 users, a simulated accelerator', simulated, (arm) => {
          const [p95, memory] = [ratioOf(simulated, 'none', arm, 'p95') ?? Infinity, ratioOf(simulated, 'none', arm, 'simulatedMemory') ?? Infinity];
          return aim(ratioOf(simulated, 'none', arm, 'rps'), (ratio) => ratio >= leastOfBatching && p95 <= mostP95OfBatching && memory <= mostMemoryOfBatching, `≥ ${String(leastOfBatching)} ×, p95 ≤ 1/9.4, memory ≤ 78 %`);
        }),
      ],
      notes: [
        `Arms in turn and then in the reverse order, each booted anew, two runs of each (of the lone request four); means of the runs. Load by ${autoEngine(bench) ?? 'no engine'}.`,
        `Repeats: mgeo-shape-base, 32 users without think time, a cache of 50,000 addresses, empty at first; each arm sends its pairs once. Of the second arm’s requests ${percent(cached.sentRepeats['repeats'] ?? null)} carried a pair sent before (of the first one’s ${percent(cached.sentRepeats['unique'] ?? null)}), drawn by Zipf’s law (exponent 0.8), spread evenly over the stream: at 63 % a cache without any cost of its own would bring 1 / (1 − 0.63) = 2.7 ×.`,
        `Lone request: mgeo-shape-mini, no cache. Its p50 with a token budget beside none, with its interval: ${intervalText(lone, 'token-budget', 'p50')}.`,
        `Accelerator: a timer of 10 ms a batch and 5 µs a padded token, users who think 0.1 to 0.5 s; nothing of it is a measurement of a device. Its memory is 600 MiB and 0.25 MiB for each padded token of the batches that it holds. Without batching ${String(usualThreads)} pairs are on it at once, as a service in FastAPI sends them from its ${String(usualThreads)} threads; greedy sends at most 19 texts, chosen so that the longest of them keep to the aim of the memory (32 would not), the token budget at most 1,024 tokens, both one batch at a time.`,
        ...[cached, lone, simulated].flatMap(leftOut),
      ],
    };
  },
};

async function repeats(bench: Bench): Promise<Compared> {
  bench.say('strategies: repeats');
  const each = bench.count(repeatsEach);
  return await compareArms({
    name: 'repeats', matrix: { 'dataset.repeats': { unique: '0%', 'repeats': '63%' } }, compare: { pairs: 2 },
    server: { reference: { model: 'mgeo-shape-base', cache: 50_000 } }, dataset: { profile: 'duplicates', mix: { high: each, low: each, boundary: each, noisy: each } }, load: { warmup: '0s', timeout: '30s', closed: { users: 32, requests: 4 * each, duration: '10m' } }, answers: { golden: 60, probes: false }, gates: { answers: ['flips==0'] },
  }, bench);
}

async function loneRequest(duration: string, bench: Bench): Promise<ComparisonFile> {
  bench.say('strategies: a lone request');
  return await compareArms({
    name: 'lone', matrix: { 'server.reference.batching': ['none', 'token-budget'] }, compare: { pairs: 4, metric: 'p50' },
    server: { reference: { model: 'mgeo-shape-mini', cache: 'off' } }, dataset: { profile: 'unique', mix }, load: { warmup: '2s', closed: { users: 1, duration } }, answers: { golden: 60, probes: false }, gates: { answers: ['flips==0'] },
  }, bench);
}

async function accelerator(duration: string, bench: Bench): Promise<ComparisonFile> {
  bench.say('strategies: a simulated accelerator');
  const serverOf = (strategy: object): object => ({ reference: { model: 'simulated', simulated: { batch: '10ms', token: '5us' }, cache: 'off', ...strategy } });
  return await compareArms({
    name: 'accelerator', compare: { pairs: 2 },
    matrix: { server: { 'none': serverOf({ batching: 'none', workers: usualThreads }), 'greedy': serverOf({ batching: 'greedy', maxBatch: 19 }), 'token-budget': serverOf({ batching: 'token-budget', maxBatch: 64, tokenBudget: 1024 }) } },
    dataset: { profile: 'unique', mix }, load: { warmup: '6s', timeout: '30s', closed: { users: 500, think: '100ms..500ms', duration } }, answers: { golden: 60, probes: false }, gates: { answers: ['flips==0'] },
  }, bench);
}

function rowsOf(question: string, file: ComparisonFile, aimOf: (arm: string) => string): string[][] {
  const [first = ''] = file.arms.map(({ name }) => name);
  return file.arms.map(({ name }) => {
    const times = (ratio: number | null): string => (ratio === null ? '–' : `${number(ratio, 2)} ×`);
    const ms = (metric: 'p50' | 'p95'): string => `${number(meanOf(file, name, metric), 1)} ms`;
    const memory = meanOf(file, name, 'simulatedMemory');
    const { answers } = armOf(file, name);
    return [
      question, name, number(meanOf(file, name, 'rps'), 1), times(ratioOf(file, first, name, 'rps')), ms('p50'), ms('p95'), percent(ratioOf(file, first, name, 'p95')),
      answers === undefined ? '–' : `${number(answers.flips)} of ${number(answers.checked)}`, memory === null ? '–' : `${number(memory)} MiB (${percent(ratioOf(file, first, name, 'simulatedMemory'))})`, name === first ? '–' : aimOf(name),
    ];
  });
}

/** Something was compared, and nothing changed sides. */
function sameAnswers(file: ComparisonFile, arm: string): boolean {
  const { answers } = armOf(file, arm);
  return answers !== undefined && answers.checked > 0 && answers.flips === 0;
}

function aim(value: number | null, holds: (value: number) => boolean, text: string): string {
  return value === null ? '–' : `${text} ${mark(holds(value))}`;
}

function intervalText(file: ComparisonFile, arm: string, metric: ComparedMetric): string {
  const ratio = besideFirst(file, arm)?.rows.findLast((row) => row.metric === metric)?.ratio;
  return ratio ? `× ${number(ratio.value, 3)} [${number(ratio.low, 3)}, ${number(ratio.high, 3)}]` : 'not measured';
}

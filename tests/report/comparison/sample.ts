import { compareArms, confidenceOfLook, summariseArm, type RoundFigures } from '../../../harness/analysis/compare/index.js';
import type { ArmSubject, ComparisonRecord, PairedCheck } from '../../../harness/model/comparison.js';

/** A round of one stage; `word` is put into every name that comes from outside. */
const round = (rps: number, word: string): RoundFigures => ({
  stages: [
    { name: `2 users${word}`, figures: { rps: rps / 2, p50: 4000 / rps, p95: 6000 / rps, p99: 7000 / rps } },
    { name: `8 users${word}`, figures: { rps, p50: 8000 / rps, p95: 16_000 / rps, p99: 20_000 / rps }, deciles: Array.from({ length: 9 }, (_, i) => (4000 + i * 1000) / rps), work: { batchTexts: rps > 115 ? 6.2 : 1, queueMs: 5000 / rps, inferMs: 2500 / rps, padding: rps > 115 ? 0.31 : 0 } },
  ],
  run: { rss: rps > 115 ? 460 : 400, vram: rps > 115 ? 1800 : 1500 }, traffic: { requests: '100' }, answers: { checked: 50, flips: rps > 115 ? 1 : 0 }, golden: new Map([[1, { score: rps > 115 ? 0.7 : 0.71, said: 'same' }]]),
});

/** A reference server with a model, under two and eight users. */
export const sampleSubject = ({ word = '', ...server }: Partial<ArmSubject['server']> & { word?: string } = {}): ArmSubject => ({
  server: { kind: 'reference', model: `address-mini${word}`, modelSha256: 'ab12'.repeat(16), scoresMeaningful: true, simulated: false, ...server },
  engine: { name: 'k6', version: '2.2.0', why: 'cache' },
  load: { engine: 'auto', timeoutS: 10, stages: [2, 8].map((users, index) => ({ index, name: `${String(users)} users`, role: 'measure', arm: '', repeat: 0, warmupS: 1, durationS: 5, minRequests: null, arrival: { kind: 'closed', users, thinkMs: [50, 150] } })), onEngineFailure: 'continue' },
  seed: 7,
});

/** Five pairs of two arms, planted: the second does about 30 % more. */
export function sampleComparison({ second = [128, 131, 133, 127, 130], aa = false, word = '' }: { second?: readonly number[]; aa?: boolean; word?: string } = {}): ComparisonRecord {
  const first = [100, 101, 99, 100.5, 99.5].slice(0, second.length);
  const design = { order: 'abba', aa, pairs: second.length, mostPairs: second.length, looks: 1, confidence: 0.95, equivalence: 0.03, metric: 'rps' } as const;
  const arms = [{ name: `none${word}`, rounds: first.map((rps) => round(rps, word)) }, { name: `greedy${word}`, rounds: second.map((rps) => round(rps, word)) }] as const;
  const confidence = confidenceOfLook(design, 2);
  return {
    schema: 'mgeo-bench/comparison/1', id: `20260101T000000Z-arms-aaaa${word}`, name: `arms${word}`, question: { en: `Which batching wins?${word}`, 'zh-CN': `哪种批处理胜出？${word}` }, startedAt: '2026-01-01T00:00:00.000Z', version: '0.1.0', design,
    arms: arms.map(({ name }) => ({ name, settings: { [`server.reference.batching${word}`]: name }, subject: sampleSubject({ word }) })),
    rounds: second.flatMap((_, pair) => (pair % 2 === 0 ? [0, 1] : [1, 0]).map((arm, i) => ({ arm: (arms[arm] as { name: string }).name, pair, run: `run-${String(2 * pair + i)}${word}`, folder: `rounds/0${String(2 * pair + i + 1)}-x${word}`, outcome: 'completed', verdict: 'pass', why: null }))),
    looks: 1, machine: { cpu: `A CPU${word}`, cores: 2, memoryMiB: 24_000 }, outcome: 'completed',
    summaries: arms.map((arm) => summariseArm(arm, confidence)),
    comparisons: [compareArms(arms[0], arms[1], design, confidence)],
  };
}

/** The same as a release gate: slower than is allowed, one answer that changed sides, memory that was not measured, and failures that are still open. */
export function gatedComparison({ word = '' }: { word?: string } = {}): ComparisonRecord {
  const record = sampleComparison({ second: [94, 95, 93, 94.5, 93.5], word });
  const check = (more: Partial<PairedCheck> & Pick<PairedCheck, 'metric' | 'expression' | 'status' | 'why'>): PairedCheck => ({
    id: `${more.metric} ${more.expression}`, stage: `8 users${word}`, operator: '<=', level: 'error', unit: '', pairs: 5, first: null, second: null, of: 'ratio', value: null, low: null, high: null, none: 1, allowed: 1.05, beyond: 0, arm: `greedy${word}`, ...more,
  });
  return {
    ...record,
    checks: [
      check({ metric: 'rps', expression: 'rate>=baseline*0.97', operator: '>=', unit: '/s', first: 100, second: 94, value: 0.94, low: 0.93, high: 0.95, allowed: 0.97, status: 'fail', why: 'beyond' }),
      check({ metric: 'errors', expression: 'rate<=baseline+0.1%', of: 'difference', first: 0, second: 0.0004, value: 0.0004, low: -0.0002, high: 0.0012, none: 0, allowed: 0.001, status: 'inconclusive', why: 'reaches-over' }),
      check({ metric: 'vram', expression: 'max<=baseline*1.05', stage: null, unit: 'MiB', pairs: 0, status: 'skipped', why: 'not-measured' }),
      check({ metric: 'rss', expression: 'max<=baseline*1.1', stage: null, unit: 'MiB', level: 'warn', first: 400, second: 480, value: 1.2, low: 1.15, high: 1.25, allowed: 1.1, status: 'fail', why: 'beyond' }),
      check({ metric: 'answers', expression: 'baselineFlips==0', operator: '==', stage: null, of: 'difference', value: 1, low: 1, high: 1, none: 0, allowed: 0, status: 'fail', why: 'beyond' }),
      check({ metric: 'latency', expression: 'p(50)<=baseline*1.03', unit: 'ms', first: 80, second: 80.1, value: 1.001, low: 0.99, high: 1.01, allowed: 1.03, status: 'pass', why: 'allowed' }),
    ],
  };
}

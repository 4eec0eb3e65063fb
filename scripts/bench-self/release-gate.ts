/** How often a release gate raises a false alarm, and how often it finds what was planted: a slowdown, a flipped answer. */
import type { Part } from './bench.js';
import { mark, number, percent } from './figure.js';
import { simulateRelease, type Planted } from './gates/simulate-release.js';
import { design, type Noise } from './gates/simulate.js';

/** As in the part `gates`: a run differs from the next by 2 %, and the machine wanders by 3 % over some ten runs. */
const noise: Noise = { runNoise: 0.015, drift: 0.03, rho: 0.9 };
const gates = 200;
const mostFalse = 0.01;
const leastFound = 0.95;

const cases: readonly (Planted & { name: string; aim: 'quiet' | 'slow' | 'flip' | null })[] = [
  { name: 'the same twice', slowdown: 0, flips: 0, aim: 'quiet' },
  { name: '3 % slower', slowdown: 0.03, flips: 0, aim: null },
  { name: '5 % slower', slowdown: 0.05, flips: 0, aim: 'slow' },
  { name: '10 % slower', slowdown: 0.1, flips: 0, aim: 'slow' },
  { name: 'one of 600 answers flipped', slowdown: 0, flips: 1, aim: 'flip' },
];

export const releaseGate: Part = {
  word: 'release-gate',
  run: async (bench) => {
    const count = bench.count(gates);
    const rows: string[][] = [];
    for (const { name, aim, ...planted } of cases) {
      bench.say(`release-gate: ${number(count)} on a virtual clock, ${name}`);
      const verdicts = { pass: 0, fail: 0, inconclusive: 0 };
      let pairs = 0;
      for (let i = 0; i < count; i += 1) {
        bench.ctx.signal.throwIfAborted();
        const gate = await simulateRelease(planted, noise, 5000 + i, bench.ctx);
        verdicts[gate.verdict] += 1;
        pairs += gate.pairs;
      }
      const failed = verdicts.fail / count;
      const aimed = aim === 'quiet' ? `false alarms ≤ 1 % ${mark(failed <= mostFalse)}` : aim === 'slow' ? `found ≥ 95 % ${mark(failed >= leastFound)}` : aim === 'flip' ? `always ${mark(failed === 1)}` : '–';
      rows.push([name, number(count), number(pairs / count, 1), percent(failed), percent(verdicts.pass / count), percent(verdicts.inconclusive / count), aimed]);
    }
    return {
      title: 'Release gates: false alarms, and what is found',
      columns: ['candidate', 'gates', 'pairs a gate', 'fail', 'pass', 'inconclusive', 'aim'],
      rows,
      notes: [
        `The gates of the preset \`release\` on whole runs of 20 users for 30 s on a virtual clock, ${String(design.pairs)} to ${String(design.mostPairs)} pairs in ${String(design.looks)} looks, ${percent(design.confidence, 0)} over all looks and gates; a run differs from the next by 2 %, the machine wanders by ${percent(noise.drift, 0)} (correlation ${String(noise.rho)} from run to run).`,
      ],
    };
  },
};

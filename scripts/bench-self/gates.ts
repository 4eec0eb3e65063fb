/** How often a comparison raises a false alarm, and how often it finds a slowdown that was planted. */
import type { Part } from './bench.js';
import { mark, number, percent } from './figure.js';
import { realGate } from './gates/real.js';
import { design, simulateGate, type Noise } from './gates/simulate.js';

/** Together with the chance within a run of 30 s (1.3 %) a run differs from the next by 2 %, and the machine wanders by 3 % over some ten runs. */
const noise: Noise = { runNoise: 0.015, drift: 0.03, rho: 0.9 };
const gates = 200;
const planted = [0, 0.03, 0.05, 0.1];
const mostFalse = 0.01;
const leastFound = 0.95;
/** From so large a slowdown on one has to be found. */
const foundFrom = 0.05;
const realMs = 40;

export const gatesPart: Part = {
  word: 'gates',
  run: async (bench) => {
    const rows: string[][] = [];
    const count = bench.count(gates);
    for (const slowdown of planted) {
      bench.say(`gates: ${number(count)} on a virtual clock, ${slowdown === 0 ? 'the same twice' : `${percent(slowdown, 0)} slower`}`);
      const words = { better: 0, worse: 0, equivalent: 0, inconclusive: 0 };
      let pairs = 0;
      for (let i = 0; i < count; i += 1) {
        bench.ctx.signal.throwIfAborted();
        const gate = await simulateGate(slowdown, 'rps', noise, 1000 + i, bench.ctx);
        words[gate.word] += 1;
        pairs += gate.pairs;
      }
      const alarms = (words.better + words.worse) / count;
      const found = words.worse / count;
      const aim = slowdown === 0 ? `false alarms ≤ 1 % ${mark(alarms <= mostFalse)}` : slowdown >= foundFrom ? `found ≥ 95 % ${mark(found >= leastFound)}` : '–';
      rows.push([slowdown === 0 ? 'the same twice' : `${percent(slowdown, 0)} slower`, 'simulated', number(count), number(pairs / count, 1), percent(found), percent(words.better / count), percent(words.equivalent / count), percent(words.inconclusive / count), aim]);
    }
    const notes: string[] = [];
    for (const [name, secondMs] of [['the same twice', realMs], ['5 % slower', realMs * 1.05]] as const) {
      bench.say(`gates: a real one, ${name}`);
      const { word, pairs, ratio, runNoise } = await realGate(realMs, secondMs, bench);
      const right = name === 'the same twice' ? word !== 'better' && word !== 'worse' : word === 'worse';
      const one = (is: boolean): string => percent(is ? 1 : 0, 0);
      rows.push([name, 'real', '1', String(pairs), one(word === 'worse'), one(word === 'better'), one(word === 'equivalent'), one(word === 'inconclusive'), mark(right)]);
      notes.push(`Real, ${name}: throughput × ${number(ratio.value, 3)} [${number(ratio.low, 3)}, ${number(ratio.high, 3)}]; a run differs from the next by ${percent(runNoise, 2)}.`);
    }
    return {
      title: 'Comparisons: false alarms, and slowdowns that are found',
      columns: ['second arm', 'how', 'gates', 'pairs a gate', 'worse', 'better', 'equivalent', 'inconclusive', 'aim'],
      rows,
      notes: [
        `Throughput decides, ${String(design.pairs)} to ${String(design.mostPairs)} pairs in ${String(design.looks)} looks, ${percent(design.confidence, 0)} over all, a band of ${percent(design.equivalence, 0)}. Simulated: whole runs of 20 users for 30 s on a virtual clock; a run differs from the next by 2 %, the machine wanders by ${percent(noise.drift, 0)} (correlation ${String(noise.rho)} from run to run). Real: \`run --aa\`, and a matrix of two servers of ${String(realMs)} and ${String(realMs * 1.05)} ms, with autocannon.`,
        ...notes,
      ],
    };
  },
};

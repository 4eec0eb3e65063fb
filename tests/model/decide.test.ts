import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decide } from '../../harness/model/decide.js';
import { gateOperators, type GateOperator } from '../../harness/model/metric.js';

const holds = (value: number, operator: GateOperator, limit: number): boolean =>
  ({ '<': value < limit, '<=': value <= limit, '>': value > limit, '>=': value >= limit, '==': value === limit, '!=': value !== limit })[operator];

/** Small whole numbers, so that bounds and limit meet often. */
const bound = fc.option(fc.integer({ min: -4, max: 4 }), { nil: null, freq: 6 });
const interval = fc.tuple(bound, bound).map(([a, b]) => (a !== null && b !== null && a > b ? { low: b, high: a } : { low: a, high: b }));
const operator = fc.constantFrom(...gateOperators);
const limit = fc.integer({ min: -4, max: 4 });

describe('an interval against a limit', () => {
  it('whole inside, whole outside, across', () => {
    const table: [number | null, number | null, GateOperator, string][] = [
      [1, 4, '<', 'pass'], [1, 5, '<', 'inconclusive'], [5, 9, '<', 'fail'], [1, 5, '<=', 'pass'], [6, 9, '<=', 'fail'], [5, 9, '<=', 'inconclusive'],
      [6, 9, '>', 'pass'], [5, 9, '>', 'inconclusive'], [1, 5, '>', 'fail'], [5, 9, '>=', 'pass'], [1, 4, '>=', 'fail'], [1, 5, '>=', 'inconclusive'],
      [5, 5, '==', 'pass'], [4, 5, '==', 'inconclusive'], [6, 6, '==', 'fail'], [6, 6, '!=', 'pass'], [5, 5, '!=', 'fail'], [4, 6, '!=', 'inconclusive'],
      [1, null, '<', 'inconclusive'], [5, null, '<', 'fail'], [null, 4, '<', 'pass'], [null, null, '<', 'inconclusive'], [6, null, '>', 'pass'], [null, null, '==', 'inconclusive'],
      [Infinity, Infinity, '<', 'fail'], [Infinity, Infinity, '>', 'pass'],
    ];
    for (const [low, high, sign, status] of table) assert.equal(decide({ low, high }, sign, 5), status, `[${String(low)}, ${String(high)}] ${sign} 5`);
  });

  it('a pass holds for every value in it, a fail for none', () => {
    fc.assert(fc.property(interval, operator, limit, fc.double({ min: 0, max: 1, noNaN: true }), ({ low, high }, sign, at, share) => {
      const from = low ?? (high ?? 0) - 20;
      const to = high ?? (low ?? 0) + 20;
      const status = decide({ low, high }, sign, at);
      for (const value of [from, to, from + share * (to - from)]) {
        if (status === 'pass') assert.ok(holds(value, sign, at));
        if (status === 'fail') assert.ok(!holds(value, sign, at));
      }
    }), { numRuns: 2000 });
  });

  it('widening never turns inconclusive into an answer, nor one answer into the other', () => {
    fc.assert(fc.property(interval, fc.nat(5), fc.nat(5), fc.boolean(), fc.boolean(), operator, limit, ({ low, high }, down, up, openLow, openHigh, sign, at) => {
      const wider = { low: low === null || openLow ? null : low - down, high: high === null || openHigh ? null : high + up };
      const [before, after] = [decide({ low, high }, sign, at), decide(wider, sign, at)];
      assert.ok(after === before || after === 'inconclusive', `${before} became ${after}`);
    }), { numRuns: 2000 });
  });
});

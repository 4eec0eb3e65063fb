import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highestDemand, possibleDemand } from '../../harness/model/demand.js';
import type { Plan } from '../../harness/model/plan.js';
import type { SearchPlan } from '../../harness/model/search.js';
import type { Stage } from '../../harness/model/stage.js';
import { burstStageOf, openStageOf, replayStageOf, spikeStageOf, stageOf } from '../load/stage-setup.js';

const demand = (stages: Stage[], momentsMs?: Float64Array, search?: Partial<SearchPlan>): unknown => highestDemand({ load: { stages, ...(search === undefined ? {} : { search }) } as Plan['load'] }, momentsMs);

test('the highest rate that a plan asks for: of steps, of a search, of a spike; none of users who wait', () => {
  assert.equal(demand([stageOf(500), stageOf(9)]), null);
  assert.deepEqual(demand([openStageOf(50), openStageOf(200), openStageOf(100)]), { of: 'open', rps: 200, sureRps: 200, atOnce: null });
  assert.deepEqual(demand([], undefined, { fromRps: 10, toRps: 900 }), { of: 'search', rps: 900, sureRps: 10, atOnce: null });
  assert.deepEqual(demand([spikeStageOf({ baseRps: 20, peakRps: 300 })]), { of: 'spike', rps: 300, sureRps: 300, atOnce: null });
  assert.deepEqual(demand([burstStageOf(100, { everyS: 2 }), burstStageOf(500, { everyS: 5 }), stageOf(3)]), { of: 'burst', rps: 100, sureRps: 100, atOnce: 500 });
});

test('a replay asks for its busiest second, at its speed', () => {
  // 4 within 999 ms, then one a second.
  const moments = Float64Array.of(0, 10, 500, 999, 2000, 3000, 4000);
  const stage = replayStageOf(moments);
  assert.deepEqual(demand([stage], moments), { of: 'replay', rps: 4, sureRps: 4, atOnce: null });
  assert.deepEqual(demand([{ ...stage, arrival: { ...stage.arrival, speed: 4 } as Stage['arrival'] }], moments), { of: 'replay', rps: 6, sureRps: 6, atOnce: null }, 'four seconds pass in one, the last of which begins the next');
  const { rateRps } = stage.arrival as Extract<Stage['arrival'], { kind: 'replay' }>;
  assert.deepEqual(demand([stage]), { of: 'replay', rps: rateRps, sureRps: rateRps, atOnce: null }, 'where the file is not at hand its mean');
});

test('users who think could make N / mean pause, the highest of the stages; of those who do not nobody knows', () => {
  const possible = (...stages: Stage[]): unknown => possibleDemand({ load: { stages } as Plan['load'] });
  assert.equal(possible(stageOf(500), openStageOf(50)), null);
  assert.deepEqual(possible(stageOf(100, { thinkMs: [100, 300] }), stageOf(400, { thinkMs: [0, 1000] }), stageOf(60, { thinkMs: [50, 50] }), stageOf(9)), { of: 'closed', rps: 1200, sureRps: 0, atOnce: null });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseGate } from '../../harness/gate/index.js';
import type { BenchError } from '../../harness/model/error.js';
import { loadPlan } from '../../harness/scenario/index.js';
import { machineWith, mistakesIn, planOf } from './in-memory.js';

const closed = 'load: {closed: {users: [2, 8, 8]}}\n';
const gate = (metric: string, expression = 'p(95)<1s'): string => `gates: {"${metric}": "${expression}"}\n`;

/** [what is asked, the scenario, the one line that is said]. */
const table: [string, string, string][] = [
  ['users that no stage has', `${closed}${gate('latency{users:50}')}`, 's.yaml:2:9: gates.latency{users:50}: fits no stage; there are users:2, users:8; did you mean latency{users:8}?'],
  ['nearest is meant by the ratio', `load: {closed: {users: [2, 90]}}\n${gate('latency{users:20}')}`, 's.yaml:2:9: gates.latency{users:20}: fits no stage; there are users:2, users:90; did you mean latency{users:90}?'],
  ['a stage by a misspelt name', `${closed}${gate('errors{stage:8 usrs}', 'rate<1%')}`, 's.yaml:2:9: gates.errors{stage:8 usrs}: fits no stage; there are stage:2 users, stage:8 users, stage:8 users, again 1; did you mean errors{stage:8 users}?'],
  ['a stage by an index beyond the last', `${closed}${gate('cpu{stage:3}', 'avg<2')}`, 's.yaml:2:9: gates.cpu{stage:3}: fits no stage; there are stage:2 users, stage:8 users, stage:8 users, again 1'],
  ['a rate of closed load', `${closed}${gate('latency{rate:8}')}`, 's.yaml:2:9: gates.latency{rate:8}: fits no stage; there are users:2, users:8; did you mean latency{users:8}?'],
  ['a rate of another open load', `load: {open: {rates: 200}}\n${gate('rps{rate:100}', 'rate>90')}`, 's.yaml:2:9: gates.rps{rate:100}: fits no stage; there is rate:200; did you mean rps{rate:200}?'],
  ['selectors that contradict each other', `${closed}${gate('latency{users:8,stage:0}')}`, 's.yaml:2:9: gates.latency{users:8,stage:0}: fits no stage; there are users:2, users:8'],
  ['the rate of a spike', `load: {spike: {base: 20, peak: 90}}\n${gate('latency{rate:90}')}`, 's.yaml:2:9: gates.latency{rate:90}: fits no stage; there is stage:spike 20 to 90/s'],
  ['a recovery without a spike', `${closed}${gate('recovery', 'time<9s')}`, 's.yaml:2:9: gates.recovery: the time to recover is a figure of spikes and drills: it needs load.spike or load.drill'],
  ['a recovery under a search', 'load: {search: {from: 5, to: 50}}\ngates: {latency: "p(95)<1s", recovery: "time<9s"}\n', 's.yaml:2:30: gates.recovery: the time to recover is a figure of spikes and drills: it needs load.spike or load.drill'],
  ['users of a job', `load: {job: {command: "node x"}}\n${gate('cpu{users:8}', 'avg<2')}`, 's.yaml:2:9: gates.cpu{users:8}: fits no stage; there is stage:job'],
  ['what only requests have, of a job', `load: {job: {command: "node x"}}\n${gate('errors{users:8}', 'rate<1%')}`, 's.yaml:2:9: gates.errors{users:8}: errors is of requests, and a job sends none: known here: vram, rss, cpu, job, metric'],
  ['one of many stages', `load: {closed: {users: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}}\n${gate('latency{users:12}')}`, 's.yaml:2:9: gates.latency{users:12}: fits no stage; there are users:1, users:2, users:3, users:4, users:5, users:6, users:7, users:8 and 2 more; did you mean latency{users:10}?'],
];

describe('a gate that fits no stage is a mistake, with the nearest names', () => {
  for (const [what, text, line] of table) it(what, () => { assert.deepEqual(mistakesIn(text), [line]); });

  it('is told beside every other mistake, and not where the stages cannot be known', () => {
    assert.deepEqual(mistakesIn(`nmae: x\n${closed}gates: {"latency{users:50}": "p(95)<1s", rps: "rate>"}\n`).map((line) => line.slice(0, 29)), ['s.yaml:1:1: nmae: unknown wor', 's.yaml:3:9: gates.latency{use', 's.yaml:3:53: gates.rps: the n']);
    assert.deepEqual(mistakesIn(`load: {closed: {users: [2, 0]}}\n${gate('latency{users:50}')}`).map((line) => line.slice(0, 33)), ['s.yaml:1:28: load.closed.users[1]']);
  });

  it('knows the stages of a load that came from the environment, also beside another mistake', () => {
    const text = 'nmae: x\nload: {closed: {users: ["${USERS}"]}}\n';
    const written = { variables: { USERS: '4' } };
    assert.deepEqual(mistakesIn(text + gate('latency{users:4}'), written).length, 1);
    assert.match(mistakesIn(text + gate('latency{users:5}'), written)[1] ?? '', /there is users:4; did you mean latency\{users:4\}\?$/);
  });

  it('names the argument that orphaned it, once for all its expressions', () => {
    const [line, ...more] = mistakesIn(`load: {closed: {users: 10}}\ngates: {"latency{users:10}": ["p(95)<1s", "p(99)<2s"]}\n`, { set: ['load.closed.users=[2, 8]'] });
    assert.deepEqual([line, more], ['s.yaml:2:9: gates.latency{users:10}: fits no stage; there are users:2, users:8; did you mean latency{users:8}?', []]);
  });
});

describe('a gate that fits a stage is none', () => {
  const accepted = (text: string): string[] => planOf(text).gates.map(({ id }) => id);

  it('by users, name, index, rate, burst; without a selector; of a spike', () => {
    for (const selector of ['users:8', 'stage:8 users', 'stage:2', 'users:8,stage:1']) assert.equal(accepted(closed + gate(`latency{${selector}}`)).length, 1, selector);
    assert.equal(accepted(`load: {open: {rates: [0.5, 20]}}\n${gate('latency{rate:0.50}')}`).length, 1);
    assert.equal(accepted(`load: {burst: {requests: 20}}\n${gate('latency{burst:20}')}`).length, 1);
    assert.equal(accepted(`load: {spike: {base: 20, peak: 90}}\ngates: {recovery: "time<9s", latency: "p(95)<1s"}\n`).length, 2);
    assert.equal(accepted(`${closed}gates: {vram: "max<9GiB", "vram{gpu:7}": "max<9GiB", answers: "flips==0"}\n`).length, 3, 'what the machine has is not known before the run');
  });

  it('in one arm of a matrix, if not in every', () => {
    const matrix = 'matrix: {load.closed.users: [2, 50]}\nload: {closed: {users: 1}}\n';
    assert.deepEqual(accepted(matrix + gate('latency{users:50}')), ['latency{users:50} p(95)<1s']);
    assert.match(mistakesIn(matrix + gate('latency{users:1}'))[0] ?? '', /there are users:2, users:50; did you mean latency\{users:2\}\?$/);
  });

  it('of a replay, whose rate is known once its file has been read', () => {
    const load = (selector: string): unknown => loadPlan('s.yaml', { set: [] }, { parseGate, readArrivals: () => ({ momentsMs: Float64Array.of(0, 5000, 9999), sha256: 'ef' }) }, machineWith({ 's.yaml': `load: {warmup: 1s, replay: {file: log.csv}}\n${gate(`latency{${selector}}`)}`, 'log.csv': '' }));
    load('rate:0.3');
    assert.throws(() => load('rate:3'), (error: BenchError) => error.exitCode === 2 && error.details.join() === 's.yaml:2:9: gates.latency{rate:3}: fits no stage; there is rate:0.3; did you mean latency{rate:0.3}?');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseGate } from '../../harness/gate/index.js';
import { gatePlanSchema, metrics } from '../../harness/model/metric.js';

const read = (metric: string, expression: string) => parseGate(metric, expression, 'error');

/** [metric, expression, id, operator, limit, unit]. */
const sound: [string, string, string, string, number, string][] = [
  ['latency', 'p(95)<800ms', 'latency p(95)<800ms', '<', 800, 'ms'],
  ['latency', '  p( 99.9 )  <=  1.5 s ', 'latency p(99.9)<=1.5s', '<=', 1500, 'ms'],
  ['latency', 'avg<2m', 'latency avg<2m', '<', 120_000, 'ms'],
  ['latency{users:200}', 'p(95)<300ms', 'latency{users:200} p(95)<300ms', '<', 300, 'ms'],
  ['latency{burst:500}', 'p(95)<300ms', 'latency{burst:500} p(95)<300ms', '<', 300, 'ms'],
  ['latency{rate:0.5}', 'p(95)<300ms', 'latency{rate:0.5} p(95)<300ms', '<', 300, 'ms'],
  ['latency{stage:"10 users, again 1", users: 10}'.replace(', again 1', ''), 'med>1ms', 'latency{stage:10 users,users:10} med>1ms', '>', 1, 'ms'],
  ['errors', 'rate<0.1%', 'errors rate<0.1%', '<', 0.001, ''],
  ['errors', 'rate<0.01', 'errors rate<0.01', '<', 0.01, ''],
  ['errors', 'count==0', 'errors count==0', '==', 0, ''],
  ['rps', 'rate>=400', 'rps rate>=400', '>=', 400, '/s'],
  ['rps', 'rate>=400/s', 'rps rate>=400', '>=', 400, '/s'],
  ['pairs', 'rate>=400/s', 'pairs rate>=400', '>=', 400, 'pairs/s'],
  ['pairs', 'rate>=400 pairs/s', 'pairs rate>=400', '>=', 400, 'pairs/s'],
  ['vram', 'max<24GiB', 'vram max<24GiB', '<', 24_576, 'MiB'],
  ['vram{gpu:GPU-1}', 'delta<512MiB', 'vram{gpu:GPU-1} delta<512MiB', '<', 512, 'MiB'],
  ['rss', 'max<1GB', 'rss max<1GB', '<', 1e9 / 2 ** 20, 'MiB'],
  ['cpu', 'avg<1.5 cores', 'cpu avg<1.5', '<', 1.5, 'cores'],
  ['drift', 'p(95)<5%', 'drift p(95)<5%', '<', 0.05, ''],
  ['drift{stage:0}', 'p( 50 ) <= 0.1', 'drift{stage:0} p(50)<=0.1', '<=', 0.1, ''],
  ['leak', 'rss<10MiB/h', 'leak rss<10MiB/h', '<', 10, 'MiB/h'],
  ['leak', 'rss < 1.5 GiB / h', 'leak rss<1.5GiB/h', '<', 1536, 'MiB/h'],
  ['leak{gpu:0}', 'vram<=64MiB/h', 'leak{gpu:0} vram<=64MiB/h', '<=', 64, 'MiB/h'],
  ['answers', 'flips==0', 'answers flips==0', '==', 0, ''],
  ['answers', 'flips!=3', 'answers flips!=3', '!=', 3, ''],
  ['answers', 'flipRate<1%', 'answers flipRate<1%', '<', 0.01, ''],
  ['answers', 'auc>=0.9', 'answers auc>=0.9', '>=', 0.9, ''],
  ['answers', 'auc >= 90%', 'answers auc>=90%', '>=', 0.9, ''],
  ['answers', 'f1>=85%', 'answers f1>=85%', '>=', 0.85, ''],
  ['answers', 'f1>0.6', 'answers f1>0.6', '>', 0.6, ''],
  ['answers', 'probe_pass_rate>=80%', 'answers probe_pass_rate>=80%', '>=', 0.8, ''],
  ['answers', 'maxDelta<=0.001', 'answers maxDelta<=0.001', '<=', 0.001, ''],
  ['job', 'time<=10m', 'job time<=10m', '<=', 600_000, 'ms'],
  ['job', 'cpuTime < 1h', 'job cpuTime<1h', '<', 3_600_000, 'ms'],
  ['job', 'malformed==0', 'job malformed==0', '==', 0, ''],
  ['metric{name:auc}', 'last>=0.95', 'metric{name:auc} last>=0.95', '>=', 0.95, ''],
  ['metric{ name : eval.auc }', 'last > -1.5', 'metric{name:eval.auc} last>-1.5', '>', -1.5, ''],
  ['metric{name:epoch_s}', 'every<2m', 'metric{name:epoch_s} every<2m', '<', 120_000, 'ms'],
  ['metric{name:loss}', 'count>=3', 'metric{name:loss} count>=3', '>=', 3, ''],
];

/** [metric, expression, error, hint, part, column]. */
const mistaken: [string, string, string, string | undefined, 'metric' | 'expression', number][] = [
  ['latncy', 'p(95)<1s', 'unknown metric "latncy"', 'did you mean "latency"?', 'metric', 1],
  ['goodput', 'rate>1', 'unknown metric "goodput"', 'known here: latency, errors, rps, pairs, recovery, drift, leak, vram, rss, capacity, cpu, answers, job, metric', 'metric', 1],
  ['constructor', 'rate>1', 'unknown metric "constructor"', 'known here: latency, errors, rps, pairs, recovery, drift, leak, vram, rss, capacity, cpu, answers, job, metric', 'metric', 1],
  ['latency{user:5}', 'p(95)<1s', 'unknown selector "user" of latency', 'did you mean "users"?', 'metric', 9],
  ['latency{users:5,users:6}', 'p(95)<1s', 'the selector "users" is written twice', undefined, 'metric', 17],
  ['latency{users:many}', 'p(95)<1s', 'users:many is no number of users', undefined, 'metric', 9],
  ['latency{burst:1.5}', 'p(95)<1s', 'burst:1.5 is no number of requests', undefined, 'metric', 9],
  ['latency{rate:0}', 'p(95)<1s', 'rate:0 is no number of requests a second', undefined, 'metric', 9],
  ['metric', 'last>=0.9', 'metric needs a name', 'such as metric{name:auc}', 'metric', 1],
  ['metric{nam:auc}', 'last>=0.9', 'unknown selector "nam" of metric', 'did you mean "name"?', 'metric', 8],
  ['metric{name:auc}', 'last==1', '== is for counts only: metric last is measured, and never equals a number', 'use <, <=, > or >=', 'expression', 5],
  ['metric{name:auc}', 'median>1', 'unknown aggregation "median" of metric', 'known here: last, first, min, max, count, every', 'expression', 1],
  ['job', 'time<10', 'a unit is missing: expected a duration such as 800ms, 30s or 5m', 'did you mean 10ms?', 'expression', 6],
  ['job{stage:0}', 'time<1s', 'job takes no selector: it is one number for the whole run', undefined, 'metric', 5],
  ['latency{}', 'p(95)<1s', 'a selector is name:value', 'such as latency{stage:…}', 'metric', 9],
  ['rss{users:5}', 'max<1GiB', 'rss takes no selector: it is one number for the whole run', undefined, 'metric', 5],
  ['latency{users:5', 'p(95)<1s', '"latency{users:5" is no metric', 'expected a name such as latency, or latency{users:200}', 'metric', 1],
  ['latency', 'p95<1s', 'unknown aggregation "p95" of latency', 'did you mean "p(95)"?', 'expression', 1],
  ['latency', ' mean<1s', 'unknown aggregation "mean" of latency', 'known here: p(95), avg, min, med, max', 'expression', 2],
  ['latency', 'toString<1s', 'unknown aggregation "toString" of latency', 'known here: p(95), avg, min, med, max', 'expression', 1],
  ['latency', 'p(100)<1s', 'p(100) is no percentile', 'expected a number between 0 and 100, such as p(95) or p(99.9)', 'expression', 1],
  ['latency', 'p(x)<1s', 'p(x) is no percentile', 'expected a number between 0 and 100, such as p(95) or p(99.9)', 'expression', 1],
  ['errors', 'p(95)<1', 'errors has no percentiles', 'known here: rate, count', 'expression', 1],
  ['drift', 'p(99)<5%', 'drift is not known of p(99)', 'known here: p(50), p(95)', 'expression', 1],
  ['drift', 'p(95)<5ms', 'expected a share such as 0.1% or 0.001, not the unit "ms"', undefined, 'expression', 7],
  ['drift', 'rate<5%', 'unknown aggregation "rate" of drift', 'known here: p(95)', 'expression', 1],
  ['drift{users:5}', 'p(95)<5%', 'unknown selector "users" of drift', 'known here: stage', 'metric', 7],
  ['leak', 'rss<10MiB', '"an hour" is missing: expected a size an hour such as 10MiB/h', undefined, 'expression', 5],
  ['leak', 'rss<10', 'a unit is missing: expected a size an hour such as 10MiB/h', 'did you mean 10MiB/h?', 'expression', 5],
  ['leak', 'rss<10ms/h', 'unknown unit "ms": expected a size an hour such as 10MiB/h', undefined, 'expression', 5],
  ['leak', 'max<10MiB/h', 'unknown aggregation "max" of leak', 'known here: rss, vram', 'expression', 1],
  ['latency', 'p(95)<800', 'a unit is missing: expected a duration such as 800ms, 30s or 5m', 'did you mean 800ms?', 'expression', 7],
  ['latency', 'p(95)<800GiB', 'unknown unit "GiB": expected a duration such as 800ms, 30s or 5m', undefined, 'expression', 7],
  ['vram', 'max<24', 'a unit is missing: expected a size such as 512MiB or 24GiB', undefined, 'expression', 5],
  ['rps', 'rate>5%', 'expected a plain number, without the unit "%"', undefined, 'expression', 6],
  ['rps', 'rate>=basline*0.95', 'unknown word "basline*0.95" in place of the number', 'did you mean "baseline"?', 'expression', 7],
  ['rps', 'rate>=baseline*0', 'the baseline cannot be multiplied by 0', 'such as baseline*1.1, baseline+5% or baseline-0.02', 'expression', 7],
  ['rps', 'rate>=baseline/2', '"baseline/2" is no limit', 'such as baseline*1.1, baseline+5% or baseline-0.02', 'expression', 7],
  ['latency', 'p(95)<baseline*1.1+5%', '"baseline*1.1+5%" names two shares of the baseline', 'such as baseline*1.1, baseline+5% or baseline-0.02', 'expression', 7],
  ['latency', 'p(95)<baseline+20', 'a unit is missing: expected a duration such as 800ms, 30s or 5m', 'did you mean 20ms?', 'expression', 16],
  ['latency', 'p(95)<baseline-100%', 'nothing of the baseline is left', 'such as baseline*1.1, baseline+5% or baseline-0.02', 'expression', 7],
  ['latency', 'p(95)==baseline', '== is for counts only: latency p(95) is measured, and never equals a number', 'use <, <=, > or >=', 'expression', 6],
  ['latency', 'p(95)<', 'the number is missing', undefined, 'expression', 7],
  ['latency', 'p(95)===1s', 'unknown operator "==="', 'did you mean "=="?', 'expression', 6],
  ['latency', 'p(95)=>1s', 'unknown operator "=>"', 'known here: <, <=, >, >=, ==, !=', 'expression', 6],
  ['latency', 'p(95)==1s', '== is for counts only: latency p(95) is measured, and never equals a number', 'use <, <=, > or >=', 'expression', 6],
  ['errors', 'rate != 0', '!= is for counts only: errors rate is measured, and never equals a number', 'use <, <=, > or >=', 'expression', 6],
  ['errors', 'count==0.5', 'count is a count: 0.5 is not a whole number', undefined, 'expression', 8],
  ['errors', 'rate', '"rate" is no gate', 'expected aggregation, operator, number, such as "rate<0.1%"', 'expression', 1],
  ['answers', 'auc>=90', 'expected a number from 0 to 1 such as 0.9 or 90%', 'did you mean 90%?', 'expression', 6],
  ['answers', 'auc>=0.9s', 'expected a number from 0 to 1 such as 0.9 or 90%, not the unit "s"', undefined, 'expression', 6],
  ['answers', 'f2>=0.9', 'unknown aggregation "f2" of answers', 'did you mean "f1"?', 'expression', 1],
  ['answers', 'probe_passrate>=0.9', 'unknown aggregation "probe_passrate" of answers', 'did you mean "probe_pass_rate"?', 'expression', 1],
  ['answers', 'auc==1', '== is for counts only: answers auc is measured, and never equals a number', 'use <, <=, > or >=', 'expression', 4],
  ['answers', '', '"" is no gate', 'expected aggregation, operator, number, such as "flips==0"', 'expression', 1],
  ['latency', 'p(95)<1s p(99)<2s', 'expected a duration such as 800ms, 30s or 5m', undefined, 'expression', 7],
];

const relative: [string, string, string, { factor: number; offset: number }][] = [
  ['rps', 'rate>=baseline*0.95', 'rps rate>=baseline*0.95', { factor: 0.95, offset: 0 }],
  ['rps', 'rate >= baseline * 95%', 'rps rate>=baseline*95%', { factor: 0.95, offset: 0 }],
  ['latency', 'p(95)<baseline+20ms', 'latency p(95)<baseline+20ms', { factor: 1, offset: 20 }],
  ['latency{users:8}', 'p(95)<=baseline+10%', 'latency{users:8} p(95)<=baseline+10%', { factor: 1.1, offset: 0 }],
  ['latency', 'p(99)<baseline*1.1+1s', 'latency p(99)<baseline*1.1+1s', { factor: 1.1, offset: 1000 }],
  ['errors', 'rate<=baseline+0.1%', 'errors rate<=baseline+0.1%', { factor: 1, offset: 0.001 }],
  ['answers', 'auc>=baseline-0.02', 'answers auc>=baseline-0.02', { factor: 1, offset: -0.02 }],
  ['vram', 'max<baseline+1GiB', 'vram max<baseline+1GiB', { factor: 1, offset: 1024 }],
  ['errors', 'count<=baseline', 'errors count<=baseline', { factor: 1, offset: 0 }],
];

describe('a gate on a baseline', () => {
  for (const [metric, expression, id, baseline] of relative) {
    it(`${metric}: ${expression}`, () => {
      const result = read(metric, expression);
      assert.ok('gate' in result, JSON.stringify(result));
      assert.deepEqual(gatePlanSchema.parse(result.gate), result.gate);
      assert.deepEqual([result.gate.id, result.gate.limit, result.gate.baseline], [id, null, baseline]);
    });
  }
});

describe('a gate', () => {
  for (const [metric, expression, id, operator, limit, unit] of sound) {
    it(`${metric}: ${expression}`, () => {
      const result = read(metric, expression);
      assert.ok('gate' in result, JSON.stringify(result));
      assert.deepEqual(gatePlanSchema.parse(result.gate), result.gate);
      const { gate } = result;
      assert.deepEqual([gate.id, gate.operator, gate.unit, gate.expression, gate.level], [id, operator, unit, expression, 'error']);
      assert.ok(gate.limit !== null && Math.abs(gate.limit - limit) < 1e-9, `${String(gate.limit)} is not ${String(limit)}`);
    });
  }

  it('keeps its level, and its selector as words', () => {
    const result = parseGate('latency{ users : 200 , stage:"200 users" }', 'p(50)<1s', 'warn');
    assert.deepEqual('gate' in result && [result.gate.level, result.gate.selector, result.gate.aggregation], ['warn', { users: '200', stage: '200 users' }, { kind: 'percentile', p: 50 }]);
  });

  it('can be asked of every metric and aggregation there is', () => {
    const number = { 'duration': '5ms', 'bytes': '5MiB', 'bytes-per-hour': '5MiB/h', share: '5%', ratio: '0.5', number: '5' };
    for (const metric of Object.values(metrics)) {
      for (const [name, { dimension }] of Object.entries(metric.aggregations)) assert.ok('gate' in read(metric.needs === undefined ? metric.name : `${metric.name}{${metric.needs}:x}`, `${name}<${number[dimension]}`), `${metric.name} ${name}`);
      if (metric.percentiles !== null) assert.ok('gate' in read(metric.name, `p(95)<${number[metric.percentiles.dimension]}`), metric.name);
    }
  });
});

describe('a mistake in a gate says what, where, and what is allowed', () => {
  for (const [metric, expression, error, hint, part, column] of mistaken) {
    it(`${metric}: ${expression}`, () => {
      assert.deepEqual(read(metric, expression), { error, ...(hint === undefined ? {} : { hint }), part, column });
    });
  }
});

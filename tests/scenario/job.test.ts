import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planSchema } from '../../harness/model/plan.js';
import { describePlan, describeSeries, estimatePlan } from '../../harness/scenario/index.js';
import { loadedFrom, mistakesIn, planOf } from './in-memory.js';

const train = 'load: {job: {command: "python finetune.py --data \'my pairs.csv\'"}}\n';

describe('load.job', () => {
  it('is one stage without requests, and needs no server', () => {
    const plan = planOf(train);
    assert.deepEqual(planSchema.parse(plan), plan);
    assert.deepEqual(plan.server, { kind: 'none' });
    assert.deepEqual(plan.load.job, { command: ['python', 'finetune.py', '--data', 'my pairs.csv'], cwd: null, env: {}, timeoutS: 3600 });
    assert.deepEqual(plan.load.stages, [{ index: 0, name: 'job', role: 'measure', arm: '', repeat: 0, warmupS: 0, durationS: 3600, minRequests: null, arrival: { kind: 'job', timeoutS: 3600 } }]);
    const { requests, pairs, loadS } = estimatePlan(plan);
    assert.deepEqual([requests, pairs, loadS], [0, 0, 3600]);
  });

  it('takes its words as they are, its folder, its environment and a server beside it', () => {
    const plan = planOf('server: {url: "http://127.0.0.1:9000"}\nload: {job: {command: [ask, "{url}", "a b"], cwd: tools, env: {GPUS: 2, TARGET: "{url}/x"}, timeout: 90s}}\n');
    assert.equal(plan.server.kind, 'url');
    assert.deepEqual(plan.load.job, { command: ['ask', '{url}', 'a b'], cwd: 'tools', env: { GPUS: '2', TARGET: '{url}/x' }, timeoutS: 90 });
  });

  it('is told before it is run, names of variables and not their values', () => {
    const plan = planOf('server: {url: "http://127.0.0.1:9000"}\nload: {job: {command: [python, train.py, --name, my run], env: {TOKEN: secret-word}, cwd: tools, timeout: 10m}}\ngates: {job: ["time<=9m"]}\n');
    const told = describePlan(plan);
    for (const line of ["job       python train.py --name 'my run'", 'folder    tools', 'env       TOKEN', 'server    http://127.0.0.1:9000', 'time      until it ends, at most 10 min', 'gates     job time<=9m']) assert.ok(told.includes(line), `${line}\n${told}`);
    assert.ok(!/secret-word|requests|dataset|engine/.test(told), told);
  });

  it('replaces another load, and is replaced', () => {
    assert.equal(planOf('load: {closed: {users: 2}}\n', { set: ['load.job.command=echo'] }).load.job?.command[0], 'echo');
    const back = planOf(train, { set: ['load.closed.users=3'] });
    assert.deepEqual([back.load.job, back.load.stages[0]?.arrival.kind, back.server.kind], [undefined, 'closed', 'reference']);
  });

  it('is compared by its time where nobody says otherwise', () => {
    const { design, arms } = loadedFrom(train, { set: ['matrix={load.job.timeout: [10m, 20m]}', 'compare={pairs: 5}'] });
    assert.equal(design?.metric, 'time');
    assert.equal(loadedFrom(train, { set: ['matrix={load.job.timeout: [10m, 20m]}', 'compare={metric: rss}'] }).design?.metric, 'rss');
    assert.equal(loadedFrom(train, { flags: { aa: true } }).design?.metric, 'time');
    assert.equal(loadedFrom(train, { set: ['repeat=3'] }).design?.metric, 'time');
    assert.equal(loadedFrom('load: {closed: {users: 2}}\n', { set: ['repeat=3'] }).design?.metric, 'rps');
    assert.match(describeSeries(arms, design ?? assert.fail('no design')), /10, 5 of each arm, interleaved: at most 150 min of jobs\ndecided {3}by time of the job/);
  });
});

describe('the secrets of a job', () => {
  it('are no part of the hash: values of its environment, and what the environment put into its command', () => {
    const of = (env: string, token: string): string => planOf(`load: {job: {command: "train --key \${TOKEN}", env: {KEY: ${env}}}}\n`, { variables: { TOKEN: token } }).hash;
    assert.equal(of('one-secret', 'token-a'), of('other-secret', 'token-b'));
    const named = (name: string): string => planOf(`load: {job: {command: train, env: {${name}: x}}}\n`).hash;
    assert.notEqual(named('A'), named('B'));
    assert.notEqual(planOf('load: {job: {command: train}}\n').hash, planOf('load: {job: {command: train --fast}}\n').hash);
  });

  it('come with the plan, so that no file has them', () => {
    const { fromEnvironment } = loadedFrom('load: {job: {command: "train --key ${TOKEN}", env: {KEY: "${KEY}"}, timeout: "${LIMIT}"}}\n', { variables: { TOKEN: 'token-word', KEY: 'key-word', LIMIT: '1000s' } });
    assert.deepEqual(fromEnvironment.sort(), ['key-word', 'token-word']);
  });

  it('stand in no name of an arm', () => {
    const { arms } = loadedFrom(train, { set: ['matrix={load.job.env: [{KEY: word-a}, {KEY: word-b}]}'] });
    assert.ok(!JSON.stringify(arms.map(({ name, settings }) => [name, settings])).includes('word-'));
    assert.equal(new Set(arms.map(({ name }) => name)).size, 2);
    const deep = loadedFrom(train, { set: ['matrix={load.job.env.KEY: [word-a, word-b]}'] }).arms;
    assert.ok(!JSON.stringify(deep.map(({ name, settings }) => [name, settings])).includes('word-'));
  });
});

describe('mistakes around a job', () => {
  const said = (text: string, set: string[] = []): string => mistakesIn(text, { set }).join('\n');

  it('a command that is none', () => {
    assert.match(said('load: {job: {}}\n'), /load\.job\.command: is missing/);
    assert.match(said('load: {job: {command: ""}}\n'), /load\.job\.command: must not be empty/);
    assert.match(said('load: {job: {command: "  "}}\n'), /load\.job\.command: must not be empty/);
    assert.match(said('load: {job: {command: []}}\n'), /load\.job\.command: expected a command line, or a list of its words/);
    assert.match(said('load: {job: {command: "train \'my pairs"}}\n'), /load\.job\.command: a quote is left open/);
    assert.match(said('load: {job: {command: train, timeout: 10}}\n'), /load\.job\.timeout: a unit is missing/);
    assert.match(said('load: {job: {comand: train}}\n'), /unknown word "comand"; did you mean "command"/);
    assert.match(said('load: {job: {command: train}, closed: {users: 2}}\n'), /there is (?:job|closed) already/);
  });

  it('what speaks of requests is not passed over in silence', () => {
    const text = said('load: {engine: k6, warmup: 1s, timeout: 5s, job: {command: train}}\nrequest: similarity\ndataset: {seed: 3, mix: {high: 5}}\nanswers: {golden: 5}\nrecord: {requests: true}\nserver: {simulated: {}}\n');
    for (const key of ['load.engine', 'load.warmup', 'load.timeout', 'request', 'dataset.mix', 'answers', 'record.requests', 'server.simulated']) assert.match(text, new RegExp(`: ${key.replaceAll('.', '\\.')}: `), key);
    assert.match(text, /load\.timeout: is of one request, and a job sends none; the time a job may take is load\.job\.timeout/);
    assert.ok(!text.includes('dataset.seed'));
    assert.match(said(train, ['load.engine=k6']), /--set load\.engine=k6: load\.engine: is of requests/);
  });

  it('a server that is named and not there', () => {
    assert.match(said('load: {job: {command: "ask {url}"}}\n'), /load\.job\.command: \{url\} is the address of the server beside the job: name one under server/);
    assert.match(said('load: {job: {command: ask, env: {TARGET: "{url}"}}}\n'), /load\.job\.env: \{url\}/);
  });

  it('gates and figures of the other kind', () => {
    assert.match(said(`${train}gates: {latency: ["p(95)<1s"]}\n`), /s\.yaml:2:9: gates\.latency: latency is of requests, and a job sends none: known here: vram, rss, cpu, job, metric/);
    assert.match(said('load: {closed: {users: 2}}\ngates: {job: ["time<1s"], "metric{name:auc}": ["last>0"]}\n'), /gates\.job: job is of a job: it needs load\.job\n.*gates\.metric\{name:auc\}: metric is of a job/);
    assert.match(said(train, ['matrix={load.job.timeout: [10m, 20m]}', 'compare={metric: rps}']), /compare\.metric: rps is of requests, and a job sends none: known here: time, rss, vram/);
    assert.match(said('load: {closed: {users: 2}}\n', ['matrix={load.closed.users: [1, 2]}', 'compare={metric: time}']), /compare\.metric: time is how long a job takes: it needs load\.job/);
  });
});

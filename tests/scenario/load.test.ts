import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseGate } from '../../harness/gate/index.js';
import type { BenchError } from '../../harness/model/error.js';
import { workersOf, type Stage } from '../../harness/model/stage.js';
import { loadPlan } from '../../harness/scenario/index.js';
import { least, loadedFrom, machineWith, mistakeIn, mistakesIn, planOf } from './in-memory.js';

const thinkOf = (stage: Stage | undefined): unknown => (stage?.arrival.kind === 'closed' ? stage.arrival.thinkMs : undefined);

const shipped = { '/package/scenarios/quick.yaml': least, '/package/scenarios/ramp.yaml': least };

describe('where a scenario is looked for', () => {
  const nameOf = (source: string, files: Record<string, string>): string => loadPlan(source, { set: [] }, { parseGate }, machineWith(files)).plan.name;

  it('takes a path, a name with or without ending, and prefers scenarios/ here to the package', () => {
    assert.equal(nameOf('/package/scenarios/quick.yaml', shipped), 'quick');
    assert.equal(nameOf('quick', shipped), 'quick');
    assert.equal(nameOf('quick.yaml', shipped), 'quick');
    assert.equal(nameOf('quick', { ...shipped, 'scenarios/quick.yaml': `name: mine\n${least}` }), 'mine');
  });

  it('a folder of that name does not hide it', () => {
    assert.equal(nameOf('quick', { ...shipped, 'quick/notes.txt': '' }), 'quick');
  });

  it('names the nearest and lists what ships when there is none', () => {
    assert.throws(() => nameOf('quik', shipped), (error: BenchError) => error.code === 'scenario-not-found' && error.exitCode === 2
      && error.hint === 'Did you mean "quick"?' && error.details.join().includes('quick, ramp'));
    assert.throws(() => nameOf('deep/nowhere.yaml', shipped), (error: BenchError) => error.code === 'scenario-not-found');
  });
});

describe('extends', () => {
  it('merges maps, replaces lists, and takes the name of its own file', () => {
    const plan = planOf('extends: ./parent\nload: {closed: {users: [4]}}\n', {
      others: { 'parent.yaml': 'name: parent\nload: {warmup: 1s, closed: {users: [1, 2, 3], think: 1s}}\ngates: {errors: "rate<1%"}\n' },
    });
    assert.equal(plan.name, 's');
    assert.deepEqual(plan.load.stages.map(({ name, warmupS, arrival }) => [name, warmupS, arrival.kind === 'closed' && arrival.thinkMs]), [['4 users', 1, [1000, 1000]]]);
    assert.deepEqual(plan.gates.map(({ id }) => id), ['errors rate<1%']);
  });

  it('a mistake in a parent names the parent', () => {
    const others = { 'sub/p.yaml': 'extends: ../q.yaml\nload: {warmup: 5}\n', 'q.yaml': 'load: {closed: {users: 2}}\nanswrs: {}\n' };
    assert.deepEqual(mistakesIn('extends: sub/p.yaml\nname: 1\n', { others }), [
      'q.yaml:2:1: answrs: unknown word "answrs"; did you mean "answers"?',
      's.yaml:2:7: name: expected text, but 1 is a number: put it in quotes',
      'sub/p.yaml:2:16: load.warmup: a unit is missing: expected a duration such as 800ms, 30s or 5m; did you mean 5s?',
    ]);
  });

  it('finds a shipped scenario by its name', () => {
    assert.equal(planOf('extends: quick\n', { others: shipped }).load.stages.length, 1);
  });

  it('a circle and a parent that is not there are mistakes', () => {
    assert.deepEqual(mistakesIn('extends: a.yaml\n', { others: { 'a.yaml': 'extends: ./s.yaml\n' } }), ['a.yaml:1:10: extends: goes round in a circle: s.yaml → a.yaml → s.yaml']);
    assert.deepEqual(mistakesIn('extends: nowhere\n'), ['s.yaml:1:10: extends: there is no scenario "nowhere" beside this file or in scenarios/']);
  });

  it('another kind of server replaces the parent\'s, the same kind is merged with it', () => {
    const others = { 'p.yaml': `${least}server: {reference: {cache: off, batching: none}}\n` };
    const url = planOf('extends: p.yaml\nserver: {url: "http://h:1", ready: /up}\n', { others });
    assert.deepEqual(url.server, { kind: 'url', url: 'http://h:1', ready: '/up', readyTimeoutS: 30 });
    const same = planOf('extends: p.yaml\nserver: {reference: {cache: 5}}\n', { others }).server;
    assert.deepEqual(same.kind === 'reference' && [same.cacheEntries, same.batching], [5, 'none']);
  });
});

describe('--set and the flags', () => {
  it('reads values as YAML, in order, and replaces the other kind of server', () => {
    const plan = planOf(`${least}server: {reference: {cache: 5}}\n`, { set: ['load.closed.users=[10, 50]', 'load.closed.think=1s', 'load.closed.think=2s', 'server={url: "http://127.0.0.1:9000"}', 'gates.latency{users:10}=p(95)<1s'] });
    assert.deepEqual(plan.load.stages.map(({ name }) => name), ['10 users', '50 users']);
    assert.deepEqual(thinkOf(plan.load.stages[0]), [2000, 2000]);
    assert.deepEqual(plan.server.kind === 'url' && plan.server.url, 'http://127.0.0.1:9000');
    assert.deepEqual(plan.gates.map(({ id }) => id), ['latency{users:10} p(95)<1s']);
  });

  it('another kind of load takes the place of the kind, and keeps what holds for both', () => {
    const text = 'load: {warmup: 1s, timeout: 3s, closed: {users: 2, think: 1s}}\n';
    const set = planOf(text, { set: ['load.open.rates=[5, 10]', 'load.open.inFlight=7'] });
    assert.deepEqual(set.load.stages.map(({ name, warmupS, arrival }) => [name, warmupS, arrival]), [5, 10].map((rateRps) => [`${String(rateRps)}/s`, 1, { kind: 'open', rateRps, process: 'poisson', inFlight: 7 }]));
    assert.equal(set.load.timeoutS, 3);
    const child = planOf('extends: p.yaml\nload: {open: {rates: 3, arrivals: constant}}\n', { others: { 'p.yaml': text } });
    assert.deepEqual(child.load.stages.map(({ arrival }) => arrival), [{ kind: 'open', rateRps: 3, process: 'constant', inFlight: 20 }]);
    assert.deepEqual(planOf(text, { set: ['load.open.rates=5', 'load.closed.users=4'] }).load.stages.map(({ arrival }) => arrival.kind), ['closed'], 'the last word counts');
  });

  it('a mistake names the argument', () => {
    const set = ['load.clsed.users=3', 'load.warmup=5', 'nothing', 'record={requests', 'name='];
    assert.deepEqual(mistakesIn(least, { set }), [
      '--set nothing: expected key=value with a dotted key, such as load.closed.users=[10,50]',
      '--set record={requests: record: not valid YAML: flow map must end with a }',
      '--set name=: name: the value is missing',
      '--set load.warmup=5: load.warmup: a unit is missing: expected a duration such as 800ms, 30s or 5m; did you mean 5s?',
      '--set load.clsed.users=3: load.clsed: unknown word "clsed"; did you mean "closed"?',
    ]);
  });

  it('the summary says where the mistakes are: in the file, on the command line, or both', () => {
    const wrong = `${least}answrs: {}\n`;
    const said = (text: string, set: string[], seed?: number): string => mistakeIn(text, { set, flags: { seed } }).message;
    assert.equal(said(least, [], -3), 'There is a mistake on the command line.');
    assert.equal(said(least, ['load.warmup=5'], -3), 'There are 2 mistakes on the command line.');
    assert.equal(said(wrong, []), 'There is a mistake in the scenario s.yaml.');
    assert.equal(said(wrong, ['load.warmup=5']), 'There are 2 mistakes in the scenario s.yaml and on the command line.');
  });

  it('what is missing is missing in the file, also when an argument touched that map', () => {
    assert.deepEqual(mistakesIn('load:\n  closed: {think: 1s}\n', { set: ['load.closed.duration=3s'] }), ['s.yaml:2:3: load.closed.users: is missing']);
  });

  it('null takes a key away, whether it was written here, above, or on the command line before', () => {
    const others = { 'scenarios/p.yaml': `${least}gates: {vram: "max<24GiB", errors: "rate<1%"}\ndataset: {seed: 9}\n` };
    const gatesOf = (text: string, set: string[]): string[] => planOf(text, { set, others }).gates.map(({ id }) => id);
    const child = 'extends: p\ngates: {"latency{users:2}": "p(95)<1s"}\n';
    assert.deepEqual(gatesOf(child, ['gates.vram=null']), ['errors rate<1%', 'latency{users:2} p(95)<1s']);
    assert.deepEqual(gatesOf(child, ['gates.latency{users:2}=~', 'gates.errors=null', 'gates.vram=null']), []);
    assert.deepEqual(gatesOf(child, ['gates=null']), []);
    assert.deepEqual(gatesOf(child, ['gates.rss=max<1GiB', 'gates.rss=null', 'gates.vram=null', 'gates.vram=max<1GiB']), ['errors rate<1%', 'latency{users:2} p(95)<1s', 'vram max<1GiB']);
    assert.equal(planOf('extends: p\n', { set: ['dataset.seed=null'], others }).seed, 7, 'its default holds again');
    const arms = { set: ['matrix.server.reference.batching=null'] };
    assert.equal(loadedFrom(`${least}matrix: {server.reference.batching: [none, greedy], server.reference.bucket: [true, false]}\n`, arms).arms.length, 2, 'a key that holds dots');
    assert.equal(loadedFrom(`${least}matrix: {server.reference.batching: [none, greedy]}\n`, { set: ['matrix=null'] }).arms.length, 1);
  });

  it('what is not there cannot be taken away: told with the nearest key; what is needed is missed', () => {
    const text = `${least}gates: {vram: "max<24GiB"}\n`;
    assert.deepEqual(mistakesIn(text, { set: ['gates.vrm=null', 'gates.rps=null', 'load.closed.users.x=null', 'load.warmup=null', 'record.requests=null'] }), [
      '--set gates.vrm=null: gates.vrm: there is no "vrm" to remove; did you mean "vram"?',
      '--set gates.rps=null: gates.rps: there is no "rps" to remove; set here: vram',
      '--set load.closed.users.x=null: load.closed.users.x: there is no "x" to remove',
      '--set load.warmup=null: load.warmup: there is no "warmup" to remove; set here: closed',
      '--set record.requests=null: record.requests: there is no "record.requests" to remove; set here: name, load, gates',
    ]);
    assert.deepEqual(mistakesIn(text, { set: ['load.closed.users=null'] }), ['s.yaml:1:8: load.closed.users: is missing']);
    assert.deepEqual(mistakesIn(text, { set: ['gates.vram='] }), ['--set gates.vram=: gates.vram: the value is missing']);
  });

  it('--seed, --strict and --engine win over file and --set', () => {
    const plan = planOf(`${least}dataset: {seed: 3}\n`, { set: ['dataset.seed=4', 'load.engine=k6'], flags: { seed: 5, strict: true, engine: 'autocannon' } });
    assert.deepEqual([plan.seed, plan.dataset.seed, plan.policy.strict, plan.load.engine], [5, 5, true, 'autocannon']);
    assert.deepEqual(mistakesIn(least, { flags: { engine: 'jmeter' } }), ['--engine jmeter: load.engine: expected one of auto, k6, autocannon, simulated, not "jmeter"']);
  });

  it('--engine simulated puts a queue in place of any server, and keeps one that is there', () => {
    const flags = { engine: 'simulated' };
    const replaced = planOf(`${least}server: {url: "http://h:1"}\n`, { flags });
    assert.deepEqual([replaced.server.kind, replaced.load.engine], ['simulated', 'simulated']);
    const kept = planOf(`${least}server: {simulated: {service: 20ms}}\n`, { flags }).server;
    assert.equal(kept.kind === 'simulated' && kept.serviceMs, 20);
  });
});

describe('${ENV}', () => {
  const text = 'name: "${N:-fallback}"\nload: {closed: {users: ["${U}", 3], think: "${T:-5}ms"}}\nserver: {process: {command: x, url: "http://h:1", env: {ID: "${U}", RAW: "$${U}"}}}\n';

  it('is a number where a number is wanted, and text where text is', () => {
    const plan = planOf(text, { variables: { U: '007' } });
    assert.equal(plan.name, 'fallback');
    assert.deepEqual(plan.load.stages.map(({ arrival }) => workersOf(arrival)), [7, 3]);
    assert.deepEqual(thinkOf(plan.load.stages[0]), [5, 5]);
    assert.deepEqual(plan.server.kind === 'process' && plan.server.env, { ID: '007', RAW: '${U}' });
  });

  it('a default also stands in for an empty variable; a default may be empty', () => {
    assert.equal(planOf(`${least}name: "\${N:-d}"\n`, { variables: { N: '' } }).name, 'd');
    assert.equal(planOf(`${least}question: "\${N:-}"\n`).question.en, '');
  });

  it('a number that does not fit is still a mistake, and what is put in is never read as more than a value', () => {
    assert.deepEqual(mistakesIn(text, { variables: { U: 'many' } }), ['s.yaml:2:25: load.closed.users[0]: expected a whole number from 1 to 100000']);
    assert.match(mistakesIn('load: {closed: {users: "${U}"}}\n', { variables: { U: '[1, 2]' } })[0] ?? '', /load\.closed\.users: expected/);
  });

  it('a variable of a parent that the child overrides need not be set', () => {
    assert.equal(planOf('extends: p.yaml\nname: mine\n', { others: { 'p.yaml': `${least}name: "\${NOPE}"\n` } }).name, 'mine');
  });

  it('what it puts into free text is handed over, each value once, to be kept out of files', () => {
    const server = 'server: {process: {command: "x ${TOKEN} ${SHORT}", url: "http://${USER}:${PASS}@h:1", env: {A: "${TOKEN}", B: "${UNSET:-default}", C: "${EMPTY}", D: "${PIN}"}}}\n';
    const variables = { TOKEN: 'secret-token', SHORT: 'abc', USER: 'some', PASS: 'word', EMPTY: '', PIN: '12345', OVERRIDDEN: 'never-put' };
    assert.deepEqual(loadedFrom(`${least}name: "\${OVERRIDDEN}"\n${server}`, { variables, set: ['name=n', 'question="${TOKEN}"'] }).fromEnvironment.sort(), ['12345', 'secret-token', 'some', 'word']);
    assert.deepEqual(loadedFrom(least, { variables }).fromEnvironment, []);
  });

  it('what it puts where only numbers, durations and fixed words can stand is no secret', () => {
    const written = 'load: {closed: {users: ["${USERS}"], duration: "${TIME}"}}\nrequest: "${FORMAT}"\nserver: {reference: {batching: "${BATCHING}", cache: "${CACHE}", readyTimeout: "${TIME}", model: "${MODEL}"}}\n';
    const variables = { USERS: '1000', TIME: '2000ms', FORMAT: 'similarity', BATCHING: 'greedy', CACHE: '5000', MODEL: '/models/mine' };
    assert.deepEqual(loadedFrom(written, { variables }).fromEnvironment, ['/models/mine']);
  });

  it('a broken reference is a mistake', () => {
    assert.deepEqual(mistakesIn(`${least}question: "a \${1x} b"\n`), ['s.yaml:2:11: question: expected ${NAME} or ${NAME:-default}; write $${ for a literal ${']);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { least, mistakesIn, planOf } from './in-memory.js';

/** [what is wrong, the text, the one line that is said]. */
const table: [string, string, string][] = [
  ['an unknown word', `${least}recrod: {}\n`, 's.yaml:2:1: recrod: unknown word "recrod"; did you mean "record"?'],
  ['a word that is no kind of load', 'load:\n  closed: {users: 2}\n  ladder: {rate: 5}\n', 's.yaml:3:3: load.ladder: unknown word "ladder"; known here: engine, warmup, timeout, onEngineFailure, closed, open, burst, spike, soak, replay, offline, mix, search, job, conformance'],
  ['two kinds of load', 'load:\n  closed: {users: 2}\n  open: {rates: 5}\n', 's.yaml:3:3: load.open: there is closed already: give one of closed, open, burst, spike, soak, replay, offline, mix, search, job, conformance'],
  ['no kind of load', 'load: {warmup: 5s}\n', 's.yaml:1:7: load: one of closed, open, burst, spike, soak, replay, offline, mix, search, job, conformance is missing'],
  ['a burst of nothing', 'load: {burst: {requests: 0}}\n', 's.yaml:1:26: load.burst.requests: expected a whole number from 1 to 100000'],
  ['bursts for more than a day', 'load: {burst: {requests: 5, every: 10m, repeats: 200}}\n', 's.yaml:1:50: load.burst.repeats: all releases together take longer than a day: a schedule is at most 24h long'],
  ['too many requests in bursts', 'load: {burst: {requests: [5, 100000], every: 1s, repeats: 300}}\n', 's.yaml:1:59: load.burst.repeats: a schedule of 30,100,000 requests is too long: at most 5,000,000 a stage'],
  ['no rates', 'load:\n  open: {arrivals: poisson}\n', 's.yaml:2:3: load.open.rates: is missing'],
  ['a rate of nothing', 'load: {open: {rates: [10, 0]}}\n', 's.yaml:1:27: load.open.rates[1]: expected a number of requests a second above 0 and at most 100000'],
  ['arrivals that are none', 'load: {open: {rates: 10, arrivals: posson}}\n', 's.yaml:1:36: load.open.arrivals: expected one of poisson, constant, not "posson"; did you mean "poisson"?'],
  ['a schedule over a day', 'load: {open: {rates: 1, duration: 24h}}\n', 's.yaml:1:35: load.open.duration: window and warm-up together are longer than a day; a schedule is at most 24h long'],
  ['a schedule of too many requests', 'load: {open: {rates: [1, 5000], duration: 2h}}\n', 's.yaml:1:43: load.open.duration: a schedule of 36,025,000 requests is too long: at most 5,000,000 a stage'],
  ['an unknown word deep inside a choice', `${least}request: {template: {path: /x, body: {l: "{{a}}", r: "{{b}}"}, score: s, scoer: s}}\n`, 's.yaml:2:74: request.template.scoer: unknown word "scoer"; did you mean "score"?'],
  ['a duration without a unit', 'load:\n  closed: {users: 2, duration: 20}\n', 's.yaml:2:32: load.closed.duration: a unit is missing: expected a duration such as 800ms, 30s or 5m; did you mean 20s?'],
  ['a quoted duration without a unit', 'load:\n  closed: {users: 2, think: "200"}\n', 's.yaml:2:29: load.closed.think: a unit is missing: expected a think time such as 0s, 200ms or 100ms..500ms; did you mean 200ms?'],
  ['an unknown unit', 'load: {warmup: 5sec, closed: {users: 2}}\n', 's.yaml:1:16: load.warmup: unknown unit "sec": expected a duration such as 800ms, 30s or 5m'],
  ['no time at all', 'load: {timeout: 0s, closed: {users: 2}}\n', 's.yaml:1:17: load.timeout: must be longer than 0'],
  ['think times the wrong way round', 'load: {closed: {users: 2, think: 500ms..100ms}}\n', 's.yaml:1:34: load.closed.think: the shorter think time comes first, as in 100ms..500ms'],
  ['a wrong type', `name: {a: 1}\n${least}`, 's.yaml:1:7: name: expected text, not a map'],
  ['a number for text', `name: 7\n${least}`, 's.yaml:1:7: name: expected text, but 7 is a number: put it in quotes'],
  ['an empty section', `${least}answers:\n`, 's.yaml:2:9: answers: is empty: expected a map; write {} to take the defaults'],
  ['a word out of a list', 'load: {engine: k7, closed: {users: 2}}\n', 's.yaml:1:16: load.engine: expected one of auto, k6, autocannon, simulated, not "k7"; did you mean "k6"?'],
  ['one wrong number in a list', 'load: {closed: {users: [2, x, 8]}}\n', 's.yaml:1:28: load.closed.users[1]: expected a whole number from 1 to 100000'],
  ['no users', 'load:\n  closed: {think: 1s}\n', 's.yaml:2:3: load.closed.users: is missing'],
  ['no load', 'name: x\n', 's.yaml:1:1: load: is missing'],
  ['a cache that is neither a number nor off', `${least}server: {reference: {cache: none}}\n`, 's.yaml:2:29: server.reference.cache: expected a whole number of addresses of at least 1, or off'],
  ['a URL that is none', `${least}server: {url: localhost}\n`, 's.yaml:2:15: server.url: expected a URL such as http://127.0.0.1:9000'],
  ['a request that is none', `${least}request: similarty\n`, 's.yaml:2:10: request: expected similarity, or a map with one of similarity, template; did you mean "similarity"?'],
  ['a request that is like none', `${least}request: grpc\n`, 's.yaml:2:10: request: expected similarity, or a map with one of similarity, template'],
  ['samples too close together', `${least}telemetry: {interval: 49ms}\n`, 's.yaml:2:23: telemetry.interval: must be at least 50ms: one query of nvidia-smi takes 10 to 20 ms, and utilisation is a mean of 167 ms or more, so sampling oftener loads the machine and says nothing new'],
  ['no time between samples', `${least}telemetry: {interval: 0s}\n`, 's.yaml:2:23: telemetry.interval: must be longer than 0'],
  ['a share that is none', `${least}policy: {confidence: 95}\n`, 's.yaml:2:22: policy.confidence: expected a confidence between 0 and 1, such as 0.95 or 95%'],
  ['a range the wrong way round', `${least}request: {similarity: {range: [1, 0]}}\n`, 's.yaml:2:31: request.similarity.range: the smaller number comes first, as in [0, 1]'],
  ['two kinds of server', `${least}server: {url: "http://x:1", reference: {}}\n`, 's.yaml:2:29: server.reference: there is url already: give one of reference, process, compose, url, simulated'],
  ['no kind of server', `${least}server: {}\n`, 's.yaml:2:9: server: says nothing: give one of reference, process, compose, url, simulated'],
  ['ready beside a kind that has its own', `${least}server: {reference: {}, ready: /x}\n`, 's.yaml:2:25: server.ready: belongs to server.url; the other kinds have it among their own keys'],
  ['a command of no words', `${least}server: {process: {command: [], url: "http://127.0.0.1:1"}}\n`, 's.yaml:2:29: server.process.command: expected a command line, or a list of its words'],
  ['an open quote in a command', `${least}server: {process: {command: "python 'x", url: "http://127.0.0.1:1"}}\n`, 's.yaml:2:29: server.process.command: a quote is left open'],
  ['an engine that cannot reach the server', `load: {engine: k6, closed: {users: 2}}\nserver: {simulated: {}}\n`, 's.yaml:1:16: load.engine: the simulated server answers no HTTP: k6 cannot reach it; use engine: simulated'],
  ['a hard share above one', `${least}dataset: {hard: {high: 30}}\n`, 's.yaml:2:24: dataset.hard.high: expected a share from 0 to 1, such as 0.3 or 30%'],
  ['a hard share of a class that has none', `${least}dataset: {hard: {noisy: 10%}}\n`, 's.yaml:2:18: dataset.hard.noisy: unknown word "noisy"; known here: high, low'],
  ['no pairs', `${least}dataset: {mix: {high: 0}}\n`, 's.yaml:2:16: dataset.mix: no pairs at all: give a number to one of high, low, boundary, noisy, abnormal'],
  ['a body without an address', `${least}request:\n  template: {path: /x, body: '{"l": "{{a}}"}', score: s}\n`, 's.yaml:3:30: request.template.body: {{b}} must stand in the body, where the address goes'],
  ['abnormal requests without field names', `${least}dataset: {mix: {abnormal: 5}}\nrequest: {template: {path: /x, body: [["{{a}}", "{{b}}"]], score: s}}\n`, 's.yaml:3:38: request.template.body: the two fields have no names of their own here: abnormal requests need request.template.keys: {left, right}'],
  ['an unknown metric', `${least}gates:\n  latncy: ["p(95)<2s", "p(99)<3s"]\n`, 's.yaml:3:3: gates.latncy: unknown metric "latncy"; did you mean "latency"?'],
  ['a gate without a unit, at its number', `${least}gates:\n  latency: ["p(95)<2s", 'p(99) < 300']\n`, 's.yaml:3:34: gates.latency[1]: a unit is missing: expected a duration such as 800ms, 30s or 5m; did you mean 300ms?'],
  ['a gate in the long form', `${least}gates:\n  errors: {threshold: "rat<1%", level: warn}\n`, 's.yaml:3:24: gates.errors: unknown aggregation "rat" of errors; did you mean "rate"?'],
  ['a baseline', `${least}gates: {rps: "rate>=basline*0.95"}\n`, 's.yaml:2:21: gates.rps: unknown word "basline*0.95" in place of the number; did you mean "baseline"?'],
  ['the same gate twice', `${least}gates: {latency: [p(95)<2s, "p(95) < 2s"]}\n`, 's.yaml:2:29: gates.latency[1]: the gate "latency p(95)<2s" is written twice'],
  ['a key written twice', `name: a\nname: b\n${least}`, 's.yaml:2:1: this key is written twice in the same map'],
  ['a tab', 'load:\n\tclosed: {users: 2}\n', 's.yaml:2:1: a tab cannot indent YAML: use spaces'],
  ['a second document', `${least}---\nname: x\n`, 's.yaml:2:1: a second document begins here: one file holds one scenario'],
  ['an anchor that is not there', `${least}name: *n\n`, 's.yaml:2:1: there is no anchor &n above'],
  ['an anchor inside itself', `load: &l {closed: *l}\n`, 's.yaml:1:11: the anchor &l contains itself'],
  ['an empty file', '# nothing\n', 's.yaml:1:1: the file is empty'],
  ['a list for a scenario', '- 1\n', 's.yaml:1:1: expected a map: name, server, load, …'],
  ['a variable that is not set', `${least}name: "\${NAME}"\n`, 's.yaml:2:7: name: the environment variable NAME is not set; give it, or a default as in ${NAME:-default}'],
  ['a variable in a flow map', `${least}server: {url: \${URL}}\n`, 's.yaml:2:16: not valid YAML: unexpected flow-map-start at node end; inside { } and [ ] a ${…} must stand in quotes'],
];

describe('a mistake in a scenario is one line with file, line, column and what to write instead', () => {
  for (const [what, text, line] of table) {
    it(what, () => { assert.deepEqual(mistakesIn(text), [line]); });
  }

  it('all mistakes come at once, in the order of the file', () => {
    const lines = mistakesIn('nmae: x\nload:\n  warmup: 5\n  closed: {users: 0}\nserver: {url: x, simulated: {}}\ngates: {rps: "rate>"}\n');
    assert.deepEqual(lines.map((line) => line.split(': ').slice(0, 2).join(' ')), [
      's.yaml:1:1 nmae', 's.yaml:3:11 load.warmup', 's.yaml:4:19 load.closed.users', 's.yaml:5:15 server.url', 's.yaml:5:18 server.simulated', 's.yaml:6:20 gates.rps',
    ]);
  });

  it('a key written twice hides no other mistake, neither in the first value nor in the second', () => {
    const text = 'nmae: x\nload:\n  warmup: 5\n  timeout: 3\n  closed: {users: 0, think: 9}\nserver: {url: x}\ndataset: {seed: -1, mix: {hihg: 1, low: 2}}\ngates: {rps: "rate>"}\nload: {closed: {duration: 20 sec}}\n';
    assert.deepEqual(mistakesIn(text).map((line) => line.split(': ').slice(0, 2).join(' ')), [
      's.yaml:1:1 nmae', 's.yaml:3:11 load.warmup', 's.yaml:4:12 load.timeout', 's.yaml:5:19 load.closed.users', 's.yaml:5:29 load.closed.think', 's.yaml:6:15 server.url',
      's.yaml:7:17 dataset.seed', 's.yaml:7:27 dataset.mix.hihg', 's.yaml:8:20 gates.rps', 's.yaml:9:1 this key is written twice in the same map', 's.yaml:9:27 load.closed.duration',
    ]);
  });

  it('a slip in the form of the file is told once, not again for every key below it', () => {
    assert.deepEqual(mistakesIn('load: {closed: {users: ${USERS}}}\ntelemetry: {gpu: off}\ngates:\n  errors: "rate<1%"\nrecord: {}\n').map((line) => line.slice(0, 44)), ['s.yaml:1:25: not valid YAML: unexpected flow']);
    assert.match(mistakesIn('} a: 1\nload: {closed: {users: 2}}\n')[0] ?? '', /not valid YAML/);
  });

  it('every repeat of a key is named, also on one line and in an argument', () => {
    assert.deepEqual(mistakesIn(`${least}dataset: {seed: 1, seed: 2, seed: 3}\n`, { set: ['load={warmup: 1s, warmup: 5}'] }), [
      's.yaml:2:20: this key is written twice in the same map',
      's.yaml:2:29: this key is written twice in the same map',
      '--set load={warmup: 1s, warmup: 5}: load: this key is written twice in the same map',
      '--set load={warmup: 1s, warmup: 5}: load.warmup: a unit is missing: expected a duration such as 800ms, 30s or 5m; did you mean 5s?',
    ]);
  });

  it('anchors that multiply themselves stop early', () => {
    const bomb = ['a: &a0 [1,1,1,1,1,1,1,1,1,1]', ...Array.from({ length: 9 }, (_, i) => `b${String(i)}: &a${String(i + 1)} [${Array.from({ length: 10 }, () => `*a${String(i)}`).join(',')}]`)].join('\n');
    assert.match(mistakesIn(bomb)[0] ?? '', /anchors repeat themselves too often/);
  });

  it('anchors are fine where they are sound', () => {
    assert.deepEqual(planOf('name: &n same\nquestion: *n\nload: {closed: {users: [1]}}\n').question, { en: 'same', 'zh-CN': 'same' });
  });

  it('a key named __proto__ is an unknown word like any other', () => {
    assert.match(mistakesIn(`${least}__proto__: {x: 1}\n`)[0] ?? '', /unknown word "__proto__"/);
  });
});

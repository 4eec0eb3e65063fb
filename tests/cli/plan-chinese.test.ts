/** `plan` in Chinese: every kind of load and server, whole. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { plan } from '../../harness/cli/plan.js';
import type { Io } from '../../harness/cli/io.js';
import { createHost } from '../../harness/host/index.js';
import { shippedScenarios } from '../../harness/scenario/index.js';
import { en } from '../../harness/scenario/text/en.js';
import { zhCN } from '../../harness/scenario/text/zh-CN.js';
import { sameAsFile } from '../report/golden.js';
import { leftoverEnglish } from './text/leftover.js';

const host = createHost();
const folder = mkdtempSync(join(tmpdir(), 'plan-chinese-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });

async function said(scenario: string, language: 'en' | 'zh-CN'): Promise<string> {
  let out = '';
  const io: Io = { out: (text) => { out += text; }, err: () => undefined, language, live: false, colour: false, columns: 80, width: null, pour: () => Promise.resolve(true) };
  await plan(scenario, { set: [] }, host, new AbortController().signal, io);
  return out;
}

/** Without what this machine's calibration of the day says. */
const lasting = (text: string): string => text.split('\n').filter((line) => !/^(?:machine|机器) /.test(line)).join('\n');

const inline: Record<string, string> = {
  replayed: 'load: {warmup: 0s, replay: {file: log.csv, speed: [1, 2]}}\n',
  searched: 'load: {search: {from: 10, to: 100, confirm: 2}}\ngates: {latency: "p(95)<800ms"}\ncapacity: {target: [500, 800/s], growth: 20%}\n',
  own: 'server: {url: "http://127.0.0.1:9"}\nload: {open: {rates: [5], duration: 5s}}\ndataset: {file: pairs.csv}\ngates: {latency: ["p(95)<800ms", {threshold: "p(99)<2s", level: warn}]}\n',
  composed: 'server: {compose: {service: torch, profile: gpu}}\nload: {offline: {pairs: 30}}\nrequest: {template: {path: /x, body: {l: "{{a}}", r: "{{b}}"}, score: s}}\n',
  repeated: 'repeat: 3\nserver: {simulated: {}}\nload: {burst: {requests: 5, every: 1s}}\nanswers: {golden: 0}\n',
  duplicated: 'server: {simulated: {}}\nload: {closed: {users: 2, requests: 90, think: 10ms..20ms}}\ndataset: {profile: duplicates, repeats: {zipf: 1.1, distinct: 20}}\n',
  answered: 'load: {closed: {users: 1}}\nmatrix: {server.reference.normalize: [off, all]}\ncompare: {by: answers, pairs: 2, budget: 30m}\n',
};

test('every scenario that ships, and every kind of load: no English is left but names, keys and units', async () => {
  writeFileSync(join(folder, 'log.csv'), 'time\n0\n1\n2\n5\n');
  writeFileSync(join(folder, 'pairs.csv'), 'a,b,label\n杭州市文一西路969号,文一西路969号,1\n杭州市文一西路969号,深圳市科技园路1号,0\n');
  const files = Object.entries(inline).map(([name, text]) => {
    writeFileSync(join(folder, `${name}.yaml`), text);
    return join(folder, `${name}.yaml`);
  });
  for (const scenario of [...shippedScenarios(host.files), ...files]) {
    const told = await said(scenario, 'zh-CN');
    // Names are the user's: of the scenario, of gates, of a command, of arms.
    const words = told.split('\n').slice(1).map((line) => line.replace(/^(?:门禁)? +\S.*?(?=（仅警告）|$)/, '').replace(/^(?:任务|环境|方案) .*$/, '').replace(/^(服务 +)\S+?：\S+/, '$1').replace(/^(\d+) +\S+(?= )/, '$1'));
    assert.deepEqual(leftoverEnglish(words.join('\n')), [], told);
  }
});

test('plan as people see it, in both languages: columns stay under each other', async () => {
  for (const language of ['en', 'zh-CN'] as const) {
    const texts: string[] = [];
    for (const name of ['quick', 'mixed', 'batching', 'capacity']) texts.push(lasting(await said(name, language)));
    sameAsFile(`tests/golden/cli/plan.${language}.txt`, texts.join('\n'));
  }
});

test('both languages have words for the same things', () => {
  const walk = (one: unknown, other: unknown, at: string): void => {
    assert.equal(typeof other, typeof one, at);
    if (typeof one === 'object' && one !== null) {
      assert.deepEqual(Object.keys(other as object).sort(), Object.keys(one).sort(), at);
      for (const [key, value] of Object.entries(one)) walk(value, (other as Record<string, unknown>)[key], `${at}.${key}`);
    }
  };
  walk(en, zhCN, 'text');
});

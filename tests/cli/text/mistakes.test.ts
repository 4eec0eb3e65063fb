/** Mistakes of scenarios, gates and files as a Chinese reader meets them: whole, with place and nearest word, and without a word of English. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inChinese, lineInChinese } from '../../../harness/cli/text/sentence.js';
import { describeFailure } from '../../../harness/cli/failure.js';
import { least, mistakeIn } from '../../scenario/in-memory.js';
import { mistakeTable } from '../../scenario/mistake-table.js';
import { leftoverEnglish } from './leftover.js';
import { piecesOfMistakes } from './said.js';
import { packageRoot } from '../../report/golden.js';
import path from 'node:path';

const chinese = /\p{Script=Han}/u;

describe('every mistake of a scenario is Chinese in a Chinese run', () => {
  for (const [what, text, line] of mistakeTable) {
    test(what, () => {
      const said = lineInChinese(line);
      assert.match(said, chinese, line);
      assert.deepEqual(leftoverEnglish(said), [], `${line}\n${said}`);
      const place = /^(?:s\.yaml:\d+:\d+|--set .*?): /.exec(line)?.[0] ?? '';
      assert.ok(place !== '' && said.startsWith(place), 'the place stays');
      assert.ok(describeFailure(mistakeIn(text), { language: 'zh-CN' }).includes(said), 'and so it is printed');
    });
  }

  test('with the key, the nearest word and what would do', () => {
    assert.equal(lineInChinese('mine.yaml:5:10: dataset.mix.hihg: unknown word "hihg"; did you mean "high"?'), 'mine.yaml:5:10: dataset.mix.hihg: 未知的词“hihg”；是否想写“high”？');
    assert.equal(lineInChinese('mine.yaml:7:11: load.warmup: a unit is missing: expected a duration such as 800ms, 30s or 5m; did you mean 5s?'), 'mine.yaml:7:11: load.warmup: 缺少单位：应为时长，例如 800ms、30s 或 5m；是否想写 5s？');
    assert.equal(lineInChinese('--set load.closed.uesrs=3: load.closed.uesrs: unknown word "uesrs"; did you mean "users"?'), '--set load.closed.uesrs=3: load.closed.uesrs: 未知的词“uesrs”；是否想写“users”？');
    const said = describeFailure(mistakeIn(`nmae: x\n${least}gates: {latency: "p95<1s"}\n`), { language: 'zh-CN' });
    assert.equal(said, [
      '错误：场景 s.yaml 中有 2 处错误。', '  s.yaml:1:1: nmae: 未知的词“nmae”；是否想写“name”？', '  s.yaml:3:19: gates.latency: latency 没有聚合方式“p95”；是否想写“p(95)”？',
      '提示：没有启动任何东西。scenarios/scenario.schema.json 可让编辑器补全和检查场景；docs/scenario.md 说明了每个词。',
    ].join('\n'));
  });
});

test('every piece that a mistake is made of is in the catalogue, whatever is put into it', () => {
  const pieces = piecesOfMistakes(path.join(packageRoot(), 'harness'));
  assert.ok(pieces.length > 250, `only ${String(pieces.length)} pieces were found: is the reader broken?`);
  const wrong = pieces.flatMap(({ place, text }) => {
    // A joint before it, and what is put in: names and numbers.
    const sentence = text.replace(/^[;:] /, '').replace(/\{\d+\}/g, '7');
    const said = inChinese(sentence);
    return chinese.test(said) && leftoverEnglish(said).length === 0 ? [] : [`${place}: ${text} → ${said} (${leftoverEnglish(said).join(' ')})`];
  });
  assert.deepEqual(wrong, [], 'put them into harness/cli/text/zh-CN-mistakes.ts, or where they belong beside it');
});

test('what a process, a server and the system brought is Chinese too, inside the sentence', () => {
  for (const [english, wanted] of [
    ['The server ended with exit code 3.', '服务已结束（退出码 3）。'],
    ['The server ended by SIGKILL.', '服务已结束（被 SIGKILL 终止）。'],
    ['The job ended with exit code 3.', '任务失败：以退出码 3 结束。'],
    ['Nothing answers at http://127.0.0.1:9: nothing listens there.', 'http://127.0.0.1:9 没有响应：那里没有程序在监听。'],
    ['The server was not ready after 2 min: http://127.0.0.1:9/ready answered 503.', '服务在 2 min 后仍未就绪：http://127.0.0.1:9/ready 返回了 503。'],
    ['x.json is not whole JSON: it ends in the middle.', 'x.json 不是完整的 JSON：内容在中途结束。'],
    ['The baseline b.json differs from this run in the machine, the plan.', '基线 b.json 与这次运行在以下方面不同：机器、计划。'],
    ['on this machine k6 sends open load on time up to about 1,000 requests/s; above 500 requests/s its latencies may be marked suspect (measured 5 min ago with a server that needs little CPU)', '在这台机器上，k6 能按时发出的开环负载最高约为每秒 1,000 个请求；超过每秒 500 个请求时延迟可能被标为存疑（5 min 前，用占用 CPU 很少的服务测得）'],
    ['An open load of 1,700 requests/s is more than can be sent on time: on this machine k6 sends open load on time up to about 1,000 requests/s (measured with a server that needs little CPU).', '每秒 1,700 个请求的开环负载超过了能按时发出的上限：在这台机器上，k6 能按时发出的开环负载最高约为每秒 1,000 个请求（用占用 CPU 很少的服务测得）。'],
    ['A closed load that makes 2,000 requests/s where every answer comes at once may go beyond what can be sent on time: on this machine k6 sends open load on time up to about 1,000 requests/s (measured with a server that needs little CPU).', '回答立即到达时会达到每秒 2,000 个请求的闭环负载可能超过能按时发出的上限：在这台机器上，k6 能按时发出的开环负载最高约为每秒 1,000 个请求（用占用 CPU 很少的服务测得）。'],
    ['on this machine k6 sends open load of at least 4,000 requests/s on time (measured with a server that needs little CPU)', '在这台机器上，k6 至少能按时发出每秒 4,000 个请求的开环负载（用占用 CPU 很少的服务测得）'],
    ['on this machine k6 sends open load of at least 4,000 requests/s on time; at every rate its latencies may be marked suspect (measured with a server that needs little CPU)', '在这台机器上，k6 至少能按时发出每秒 4,000 个请求的开环负载；任何速率下延迟都可能被标为存疑（用占用 CPU 很少的服务测得）'],
    ['pairs.csv:3: its moment is missing.', 'pairs.csv:3：缺少时刻。'],
  ] as const) assert.equal(inChinese(english), wanted);
  assert.equal(lineInChinese('the machine: Xeon, 2 cores, 8 GiB → EPYC, 4 cores, 16 GiB'), '机器：Xeon，2 核，8 GiB → EPYC，4 核，16 GiB');
  assert.equal(lineInChinese('the plan: load.stages[0].arrival.users: 8 → 16'), '计划：load.stages[0].arrival.users：8 → 16');
});

test('a word of the reader\'s own in quotes stays as it is, also where it is one that the catalogue knows', () => {
  for (const [english, wanted] of [
    ['mine.yaml:2:1: collection: unknown word "collection"; did you mean "a list"?', 'mine.yaml:2:1: collection: 未知的词“collection”；是否想写“a list”？'],
    ['--set collection=3: collection: unknown word "collection"', '--set collection=3: collection: 未知的词“collection”'],
    ['mine.yaml:4:9: dataset.file: there is no file "by hand.csv" in this folder', 'mine.yaml:4:9: dataset.file: 当前文件夹中没有文件“by hand.csv”'],
    ['There is no scenario "the load".', '没有场景“the load”。'],
    ['by hand.csv: has no column "unhealthy".', 'by hand.csv：没有列“unhealthy”。'],
    ['p(95) cannot pass at “the model”: at 95 % confidence it takes 9 requests, and the plan has about 4; 9 would be enough.', 'p(95) 在“the model”不可能通过：95 % 的置信度需要 9 个请求，而计划只有约 4 个；9 即可。'],
  ] as const) assert.equal(lineInChinese(english), wanted);
});

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkFiles } from '../../../harness/cli/dataset/check.js';
import { makeDataset } from '../../../harness/cli/dataset/make.js';
import { showDataset } from '../../../harness/cli/dataset/show.js';
import { statsOfDataset } from '../../../harness/cli/dataset/stats.js';
import { fit } from '../../../harness/cli/fit.js';
import { en } from '../../../harness/cli/text/en.js';
import { catalogue, inChinese } from '../../../harness/cli/text/sentence.js';
import { zhCN } from '../../../harness/cli/text/zh-CN.js';
import { findingKinds } from '../../../harness/dataset/check/index.js';
import { createHost } from '../../../harness/host/index.js';
import { badSentences } from '../../../harness/dataset/own/row.js';
import { packageRoot } from '../../report/golden.js';
import { saidIn } from './said.js';

const holesOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const chinese = /\p{Script=Han}/u;

test('no error, hint, note or piece of work is without its Chinese sentence', () => {
  const known = new Set(catalogue.map(([english]) => english));
  const said = saidIn(path.join(packageRoot(), 'harness'));
  assert.ok(said.length > 100, `only ${String(said.length)} sentences were found: is the reader broken?`);
  assert.deepEqual(said.filter(({ text }) => !known.has(text)), [], 'put them into harness/cli/text/zh-CN-sentences.ts, or beside it');
});

test('a sentence stands once, is Chinese, and puts in nothing that is not there', () => {
  assert.equal(new Set(catalogue.map(([english]) => english)).size, catalogue.length);
  for (const [english, other] of catalogue) {
    if (english !== '{0} → {1}' && english !== 'the CPU') assert.match(other, chinese, english);
    for (const hole of holesOf(other)) assert.ok(holesOf(english).includes(hole), `${english}: ${hole}`);
    // Nobody can tell where the first of two holes that touch ends.
    for (const [touching] of english.matchAll(/\{\w+\}\{\w+\}/g)) assert.ok(other.includes(touching), `${english}: ${touching}`);
  }
});

test('what stands between the words of a sentence is put into the other one', () => {
  assert.equal(inChinese('Nothing answers at http://127.0.0.1:9: connect ECONNREFUSED 127.0.0.1:9.'), 'http://127.0.0.1:9 没有响应：connect ECONNREFUSED 127.0.0.1:9。');
  assert.equal(inChinese('x is a folder, not a file.'), 'x 是文件夹，不是文件。');
  assert.equal(inChinese('The Docker daemon does not answer: Cannot connect: no socket'), 'Docker 守护进程没有响应：Cannot connect: no socket');
  assert.equal(inChinese('round 2 of 10: “baseline”'), '第 2 轮，共 10 轮：“baseline”');
  assert.equal(inChinese('round 2 of 10'), '第 2 轮，共 10 轮');
  // Of two that fit, the one that says more is meant.
  const bearable = 'on this machine k6 sends open load on time up to about 1,200 requests/s; above 400 requests/s its latencies may be marked suspect (just measured)';
  assert.match(inChinese(`A search up to 1,280 requests/s may go beyond what can be sent on time: ${bearable}.`), /^最高到每秒 1,280 个请求的搜索可能超过能按时发出的上限：在这台机器上，k6 .*；超过每秒 400 个请求时延迟可能被标为存疑/);
  assert.match(inChinese(`An open load of 9,000 requests/s is more than can be sent on time: ${bearable}.`), /^每秒 9,000 个请求的开环负载超过了能按时发出的上限：/);
  assert.equal(inChinese('a/b could not be written: its folder does not exist.'), '无法写入 a/b：所在文件夹不存在。');
  assert.equal(inChinese('Stop it, use another port (0 or {port} takes a free one), or measure it as it is with --set \'server={url: "http://x"}\'.'), 'Stop it, use another port (0 or {port} takes a free one), or measure it as it is with --set \'server={url: "http://x"}\'.');
  assert.equal(inChinese('A $& of $1 that nobody knows.'), 'A $& of $1 that nobody knows.');
  assert.equal(inChinese('There is no file $&{0}.'), '没有文件 $&{0}。');
});

test('what the reference server refuses at start is Chinese with what to do about it', () => {
  const layout = 'A model folder holds model.onnx, vocab.txt and model.json; servers/reference/model/README.md shows one.';
  for (const [said, other] of [
    ['there is no model "mgoe", and no folder of this name here. By name there are address-mini, mgeo-shape-mini and simulated; anything else is the path of a model folder.', '没有名为“mgoe”的模型，这里也没有同名的文件夹。按名称可用的有 address-mini, mgeo-shape-mini 和 simulated；其他写法都当作模型文件夹的路径。'],
    [`model folder /no/such does not exist. ${layout}`, '模型文件夹 /no/such 不存在。模型文件夹应包含 model.onnx、vocab.txt 和 model.json；例子见 servers/reference/model/README.md。'],
    [`/m/model.json has no int8Sha256 for model-int8.onnx. ${layout}`, '/m/model.json 中没有 model-int8.onnx 的 int8Sha256。模型文件夹应包含 model.onnx、vocab.txt 和 model.json；例子见 servers/reference/model/README.md。'],
    ["model folder /m cannot be read: EACCES: permission denied, open '/m/model.json'.", "无法读取模型文件夹 /m：EACCES: permission denied, open '/m/model.json'。"],
    ['model folder /m has no model-int8.onnx. Its precisions are fp32, fp16.', '模型文件夹 /m 中没有 model-int8.onnx。它的精度有 fp32, fp16。'],
    ['vocab.txt has 5000 tokens, but the table of model-int8.onnx has 21128 rows: the two do not belong together. Put the vocab.txt there that the model was trained with.', 'vocab.txt 有 5000 个词元，而 model-int8.onnx 的词表有 21128 行：两者不配套。请放入训练该模型时所用的 vocab.txt。'],
    ['model.onnx does not know the last of the 9787 tokens of vocab.txt: the two do not belong together.', 'model.onnx 不认识 vocab.txt 的 9787 个词元中的最后一个：两者不配套。'],
    ['model.onnx takes left, right; a text encoder takes input_ids, attention_mask, token_type_ids.', 'model.onnx 的输入是 left, right；文本编码器的输入应是 input_ids, attention_mask, token_type_ids。'],
    ['the first output of model.onnx is [1, 736], not [1, 3].', 'model.onnx 的第一个输出是 [1, 736]，而不是 [1, 3]。'],
    ['the runtime cannot use CUDA here: Ort: Failed to load shared library. docs/gpu.md says how to get the CUDA provider; --execution auto takes the CPU where there is none.', '运行时在这里不能使用 CUDA：Ort: Failed to load shared library。如何获得 CUDA 提供程序见 docs/gpu.md；没有时 --execution auto 改用 CPU。'],
    ['--fault is for drills on the loopback and is refused with --host 0.0.0.0: nobody else may meet a planted fault.', '--fault 只用于在本机回环地址上演练，与 --host 0.0.0.0 同用时被拒绝：预设的故障不能让别人遇到。'],
    ['--cache takes a number of addresses from 1 to 10000000, a size from 64KiB to 1024GiB such as 64MiB, or off, not "-1".', '--cache 应为地址数（1 到 10000000）、大小（64KiB 到 1024GiB，例如 64MiB）或 off，而不是“-1”。'],
    ['The simulated accelerator has no weights: leave --precision int8 out.', '模拟加速器没有权重：请去掉 --precision int8。'],
  ] as const) assert.equal(inChinese(said), other);
});

test('both languages have words for the same things, and Chinese is Chinese', () => {
  const walk = (one: unknown, other: unknown, at: string): void => {
    assert.equal(typeof other, typeof one, at);
    if (typeof one === 'object' && one !== null) {
      assert.deepEqual(Object.keys(other as object).sort(), Object.keys(one).sort(), at);
      for (const [key, value] of Object.entries(one)) walk(value, (other as Record<string, unknown>)[key], `${at}.${key}`);
    } else if (typeof one === 'string' && /\p{L}{3}/u.test(one)) assert.match(other as string, chinese, at);
  };
  walk(en, zhCN, 'text');
});

test('what a check of pairs finds has its Chinese words, down to the last of its sentences', () => {
  const folder = path.join(packageRoot(), 'harness/dataset/check');
  const titles = Object.values(findingKinds).map(({ title }) => title as string);
  const whys = readdirSync(folder).flatMap((name) => [...readFileSync(path.join(folder, name), 'utf8').matchAll(/(?:found|add\(1\))\('[\w-]+', (['`])(.+?)\1\)|return (['`])([a-z]+ .+? .+?)\3;|\? (['`])([a-z]+ .+? .+?)\5 :/g)].map((match) => match[2] ?? match[4] ?? match[6] ?? ''));
  assert.ok(whys.length > 35, `only ${String(whys.length)} sentences were found: is the reader broken?`);
  const asSaid = (template: string): string => template.replace('${side}', 'second').replace(/\$\{[^}]+\([^}]*\)\}|\$\{[^}]+\}/g, '7');
  for (const sentence of [...titles, ...whys.map(asSaid), ...Object.values(badSentences)]) assert.doesNotMatch(inChinese(sentence).replace(/\b(?:UTF-8|GB18030|JSON|CSV|TSV|id|low|high|noisy|boundary|abnormal|exact|partial|not|km|expected|operators|fields)\b|U\+0000/g, ''), /[a-z]{2}/i, sentence);
});

test('the words of the datasets are Chinese in a Chinese run', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dataset-words-'));
  const [file, log] = [path.join(folder, 'pairs.jsonl'), path.join(folder, 'log.csv')];
  let said = '';
  const io = { out: (text: string) => (said += text), err: (text: string) => (said += text), live: false, colour: false, columns: 80, width: null, pour: () => Promise.resolve(true), language: 'zh-CN' as const };
  const around = { host: createHost(), signal: new AbortController().signal, io };
  for (const name of ['low', 'noisy', 'abnormal']) await showDataset('abnormal', { set: [], count: 20, class: name }, around);
  const shown = said;
  said = '';
  await makeDataset('quick', { set: [], count: 8, output: file }, around);
  writeFileSync(file, `${readFileSync(file, 'utf8').repeat(2)}{"id":"x"}\n`);
  await checkFiles(file, undefined, { limit: 1 }, around);
  await statsOfDataset(file, { set: [], lang: 'zh-CN' }, around);
  writeFileSync(log, 'a,b\n南京路1号,南京路2号\n南京路1号,北京路3号\n北京路3号,\n');
  await fit(log, { output: path.join(folder, 'log.json') }, createHost(), around.signal, io);
  const left = said.replaceAll(folder, '').replace(/\b(?:pairs\.jsonl|log\.(?:csv|json)|MiB|GiB|ms|km|id|low|high|noisy|boundary|abnormal|exact|partial|not)\b/g, '').split('\n').filter((line) => /[a-z]{2}/i.test(line) && !/^字段 |^[a-z-]+ +\d+ +[\d.]+%$/.test(line));
  assert.deepEqual(left, []);
  for (const own of [/，已确证/, /词元相同/, /…（共 \d+ 个字符）/]) assert.match(shown, own);
  assert.doesNotMatch(shown, /, certified|token-identical|[0-9] characters/);
});

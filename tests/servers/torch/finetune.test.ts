/** finetune.py as a person runs it, on a CPU: its lines, its mistakes, and its model in the server. */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../../servers/reference/model/package-root.js';
import { serverFolder, withoutTorch } from './python.js';
import { post, runTorch, startTorch, untilReady } from './torch-server.js';

const skip = withoutTorch;
const program = join(serverFolder, 'finetune.py');
const golden = ['high', 'low', 'boundary', 'noisy'].map((name) => join(packageRoot(), 'datasets/golden', `${name}.jsonl`));
const folder = mkdtempSync(join(tmpdir(), 'torch-finetune-'));
after(() => rm(folder, { recursive: true, force: true }));

test('one JSON line an epoch, the same twice, and a model that the server serves', { skip }, async () => {
  const output = join(folder, 'model');
  const args = [...golden, '--limit', '120', '--epochs', '2', '--rate', '0.003', '--batch', '16', '--threads', '1'];
  const [first, second] = await Promise.all([runTorch([...args, '--output', output], {}, program), runTorch(args, {}, program)]);
  assert.equal(first.code, 0, first.stderr);
  const lines = (text: string): Record<string, number | null>[] => text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, number | null>);
  const epochs = lines(first.stdout);
  assert.deepEqual(epochs.map((epoch) => Object.keys(epoch).join()), Array.from({ length: 2 }, () => 'epoch,loss,accuracy,f1,seconds,samples_per_s,vram_peak_mib'));
  assert.deepEqual(epochs.map(({ epoch, vram_peak_mib: vram }) => [epoch, vram]), [[1, null], [2, null]]);
  assert.ok(epochs[1]!['loss']! < epochs[0]!['loss']!, first.stdout);
  const figures = (text: string): (number | null | undefined)[][] => lines(text).map(({ loss, accuracy, f1 }) => [loss, accuracy, f1]);
  assert.deepEqual(figures(second.stdout), figures(first.stdout), 'seeded');
  assert.match(first.stderr, /^tiny on cpu: 120 pairs to train on, 200 held out\nwritten to .*\n$/);

  const server = await startTorch('--model', output, '--log-level', 'silent');
  try {
    await untilReady(server);
    const { body } = await post(`${server.url}/similarity`, { addr1: '杭州市文一西路969号', addr2: '杭州市文二西路1号' });
    assert.ok(typeof body['similarity'] === 'number' && ['not', 'partial', 'exact'].includes(String(body['label'])), JSON.stringify(body));
    const { model } = (await (await fetch(`${server.url}/health`)).json()) as { model: Record<string, unknown> };
    assert.deepEqual([model['name'], model['kind']], ['tiny-finetuned', 'cross-encoder']);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test('pairs in every form that `dataset make` writes, and mistakes in one sentence', { skip }, async (t) => {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const csv = file('pairs.csv', `a,b,expected\n${'东路1号,"东路,1号",exact\n西路2号,南路3号,partial|not\n'.repeat(10)}`);
  const tsv = file('pairs.tsv', `a\tb\texpected\n${'东路\\t1号\t东路1号\texact\n'.repeat(10)}`);
  const labels = file('labels.jsonl', `${JSON.stringify({ a: '东路1号', b: '西路2号', label: 0, class: 'low' })}\n`.repeat(10));
  const abnormal = file('abnormal.jsonl', `${JSON.stringify({ id: '1', abnormal: 'empty', expected: [] })}\n`);
  const cases: [string, string[], number, RegExp][] = [
    ['csv, tsv, jsonl', [csv, tsv, labels, '--epochs', '1', '--threads', '1'], 0, /^tiny on cpu: 36 pairs to train on, 4 held out\n$/],
    ['no such file', [join(folder, 'none.jsonl')], 2, /none\.jsonl cannot be read: No such file or directory\.\n$/],
    ['no labels', [abnormal], 2, /abnormal\.jsonl holds no pair with a label: .*\n$/],
    ['a wrong label', [file('wrong.jsonl', '{"a":"x","b":"y","label":7}\n')], 2, /wrong\.jsonl:1: the label is neither 0, 1, 2 nor not, partial, exact\.\n$/],
    ['too few', [file('few.jsonl', '{"a":"x","b":"y","label":1}\n')], 2, /^So few pairs leave none to judge by: .*\n$/],
    ['a wrong flag', [csv, '--epochs', 'many'], 2, /^Argument --epochs: takes a number from 1 to 10000, not 'many'; --help lists the flags\.\n$/],
    ['a graph', [csv, '--model', 'address-mini'], 2, /^address-mini is an ONNX graph, which cannot be trained; .*\n$/],
    ['half precision', [csv, '--dtype', 'fp16', '--execution', 'cpu'], 2, /^--dtype fp16 trains on a GPU only; take fp32 or bf16 here\.\n$/],
  ];
  await Promise.all(cases.map(([name, args, code, sentence]) =>
    t.test(name, async () => {
      const ended = await runTorch(args, {}, program);
      assert.match(ended.stderr, sentence);
      assert.equal(ended.code, code);
    }),
  ));
});

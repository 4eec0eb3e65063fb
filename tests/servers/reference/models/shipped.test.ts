import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTrainingPairs, loadLexicon } from '../../../../harness/dataset/index.js';
import { createHost } from '../../../../harness/host/index.js';
import { workerSettings } from '../../../../servers/reference/inference/index.js';
import { openSession } from '../../../../servers/reference/inference/session.js';
import { precisions, type Precision } from '../../../../servers/reference/inference/types.js';
import { loadModelFolder, type ModelFolder } from '../../../../servers/reference/model/model-folder.js';
import { shippedModelPath, shippedModels } from '../../../../servers/reference/model/shipped-models.js';
import { scorePairs } from '../../../../servers/reference/models/recipe/score-pairs.js';
import { auc } from '../../../../servers/reference/models/recipe/yardstick.js';

const load = (name: string, precision: Precision): Promise<ModelFolder> => loadModelFolder(shippedModelPath(name) ?? '', precision);
const each = shippedModels.flatMap((name) => precisions.map((precision) => [name, precision] as const));
const tolerance: Record<Precision, number> = { fp32: 1e-5, fp16: 1e-5, int8: 1e-3 };

/** Pairs of very unequal lengths, so that padding has something to spoil. */
const { files } = createHost();
const generated = createTrainingPairs({ seed: 77, count: 300, split: 'held-out' }, loadLexicon(files, files.packageRoot));
const pairs = [...generated.pairs()];
const some = [...pairs.slice(0, 24), { a: '路', b: '广东省深圳市南山区粤海街道科技园南路十五号科苑小区三栋二单元一二零三室' }, { a: '1', b: '2' }];

/** Rows of each pair of a batch, in its order. */
const rowsOf = async (model: ModelFolder, batch: readonly { a: string; b: string }[]): Promise<number[][]> => {
  const session = await openSession(workerSettings(model, 1));
  const texts = batch.flatMap(({ a, b }) => [model.tokenizer.encode(a, 96), model.tokenizer.encode(b, 96)]);
  const { vectors } = await session.embed(Int32Array.from(texts.flatMap((ids) => Array.from(ids))), Int32Array.from(texts, (ids) => ids.length));
  const width = vectors.length / batch.length;
  return batch.map((_, at) => Array.from(vectors.subarray(at * width, (at + 1) * width)));
};

test('the folders are whole, their hashes right, and no file is larger than 3 MB', async () => {
  for (const [name, precision] of each) {
    const { info, modelPath, path } = await load(name, precision);
    assert.equal(info.name, name);
    assert.equal(info.precision, precision);
    assert.equal(info.kind, name === 'address-mini' ? 'cross-encoder' : 'bi-encoder');
    assert.equal(info.scoresMeaningful, true);
    assert.ok(info.labels !== null);
    assert.equal(info.negative, name === 'address-mini' ? 0 : 64);
    assert.ok(statSync(modelPath).size <= 3e6, modelPath);
    const card = readFileSync(join(path, 'README.md'), 'utf8');
    const rule = 'logitBias' in info.labels ? info.labels.logitBias.join(', ') : `\`exact\` from a similarity of ${info.labels.exact} on, \`partial\` from ${info.labels.partial} on`;
    assert.ok(card.includes(rule), 'the card speaks of these labels');
    assert.ok(card.includes(`${(statSync(modelPath).size / 1e6).toFixed(2)} MB`), 'the card speaks of this file');
  }
});

test('a pair has the same answer alone, in any batch and beside longer pairs', async () => {
  for (const [name, precision] of each) {
    const model = await load(name, precision);
    const alone: number[][] = [];
    for (const pair of some) alone.push(...(await rowsOf(model, [pair])));
    for (const batch of [some, [...some].reverse(), some.slice(7, 12)]) {
      const rows = await rowsOf(model, batch);
      batch.forEach((pair, at) => {
        const expected = alone[some.indexOf(pair)] ?? [];
        expected.forEach((value, index) => assert.ok(Math.abs(value - (rows[at]?.[index] ?? NaN)) < tolerance[precision], `${name} ${precision} ${pair.a} ${pair.b}`));
      });
    }
  }
});

test('another district costs the bi-encoder more than none', async () => {
  const model = await load('address-mini-bi', 'fp32');
  const whole = '浙江省杭州市余杭区文一西路969号';
  const [none, other] = await scorePairs(model, [{ a: whole, b: '杭州市文一西路969号' }, { a: whole, b: '浙江省杭州市西湖区文一西路969号' }]);
  assert.ok((none?.similarity ?? 0) > (other?.similarity ?? 1), `${String(none?.similarity)}, ${String(other?.similarity)}`);
});

test('int8 says nearly what fp32 says', async () => {
  for (const name of shippedModels) {
    const [fp32, int8] = await Promise.all(precisions.map(async (precision) => scorePairs(await load(name, precision), pairs)));
    fp32?.forEach((score, at) => assert.ok(Math.abs(score.similarity - (int8?.[at]?.similarity ?? NaN)) < 0.06, `${name} ${at}`));
  }
});

test('(b, a) is answered as (a, b)', async () => {
  for (const name of shippedModels) {
    const model = await load(name, 'fp32');
    const [there, back] = [await scorePairs(model, some), await scorePairs(model, some.map(({ a, b }) => ({ a: b, b: a })))];
    there.forEach((score, at) => assert.ok(Math.abs(score.similarity - (back[at]?.similarity ?? NaN)) < 1e-5));
  }
});

test('on generated pairs of places that training never showed, exact lies above not', async () => {
  const ends = pairs.filter(({ label }) => label !== 1);
  for (const [name, precision] of each) {
    const scores = await scorePairs(await load(name, precision), ends);
    const found = auc(scores.map(({ similarity }) => similarity), (index) => ends[index]?.label === 2);
    assert.ok(found >= 0.97, `${name} ${precision}: ${found}`);
  }
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createInference, type Inference } from '../../../../servers/reference/inference/index.js';
import { ensureModel } from '../../../../servers/reference/model/ensure-model.js';
import type { ModelFolder } from '../../../../servers/reference/model/model-folder.js';

const cache = mkdtempSync(join(tmpdir(), 'invariance-'));
let model: ModelFolder;
let inference: Inference;
before(async () => {
  model = await ensureModel({ name: 'mgeo-shape', size: 'mini' }, cache);
  inference = await createInference({ model, workers: 2 });
});
after(async () => {
  await inference.close();
  rmSync(cache, { recursive: true, force: true });
});

const encode = (text: string) => ({ ids: model.tokenizer.encode(text, 64) });
const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/** [address, the same without its province, another street of the same city, another province]. */
const places = [
  ['浙江省杭州市西湖区文三路478号华星时代广场A座', '杭州市西湖区文三路478号华星时代广场A座', '浙江省杭州市余杭区五常街道文一西路969号', '四川省成都市武侯区天府大道北段1700号'],
  ['广东省深圳市南山区科技园南路15号', '深圳市南山区科技园南路15号', '广东省深圳市福田区深南大道6001号', '黑龙江省哈尔滨市南岗区西大直街92号'],
  ['湖北省武汉市洪山区珞喻路1037号', '武汉市洪山区珞喻路1037号', '湖北省武汉市江岸区沿江大道188号', '福建省厦门市思明区湖滨南路90号'],
  ['江苏省南京市玄武区中山东路301号', '南京市玄武区中山东路301号', '江苏省南京市鼓楼区汉口路22号', '云南省昆明市五华区翠湖北路2号'],
  ['陕西省西安市雁塔区小寨东路91号', '西安市雁塔区小寨东路91号', '陕西省西安市碑林区友谊西路127号', '辽宁省大连市中山区人民路68号'],
] as const;
const texts = [...places.flat(), '路', '长'.repeat(60)];

test('an address has the same vector alone, in any batch, in any order and in any process', async () => {
  const alone = await Promise.all(texts.map(async (text) => (await inference.run([encode(text)])).vectors[0]));
  const backwards = [...texts].reverse();
  const batches = [texts, backwards, texts.slice(3, 7), [...texts.slice(5), ...texts.slice(0, 5)]];
  for (const batch of batches) {
    const { vectors } = await inference.run(batch.map(encode));
    batch.forEach((text, at) => {
      const expected = alone[texts.indexOf(text)];
      const actual = vectors[at];
      assert.ok(expected && actual);
      assert.ok(1 - cosine(expected, actual) < 1e-6, `${text}: ${1 - cosine(expected, actual)}`);
      expected.forEach((value, index) => assert.ok(Math.abs(value - (actual[index] ?? NaN)) < 1e-5));
    });
  }
});

test('vectors have length 1', async () => {
  const { vectors } = await inference.run(texts.map(encode));
  for (const vector of vectors) assert.ok(Math.abs(cosine(vector, vector) - 1) < 1e-6);
});

test('the scores of random weights are spread and in order: same, paraphrase, same city, other province', async () => {
  const means = [0, 0, 0, 0];
  for (const place of places) {
    const { vectors } = await inference.run(place.map(encode));
    const [first] = vectors;
    assert.ok(first);
    vectors.forEach((vector, at) => (means[at] = (means[at] ?? 0) + cosine(first, vector) / places.length));
  }
  const [same = 0, paraphrase = 0, city = 0, other = 0] = means;
  assert.ok(Math.abs(same - 1) < 1e-6);
  assert.ok(paraphrase < 0.99 && paraphrase > city + 0.1 && city > other + 0.05, means.join());
});

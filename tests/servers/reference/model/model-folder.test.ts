import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { InferenceError } from '../../../../servers/reference/inference/error.js';
import { loadModelFolder } from '../../../../servers/reference/model/model-folder.js';
import { tinyVocab, writeTinyModel } from './tiny-model.js';

/** Spoils a good folder and expects the error to say so. */
const refused = async (expected: RegExp, spoil: (path: string) => void): Promise<void> => {
  const path = writeTinyModel();
  spoil(path);
  await assert.rejects(loadModelFolder(path), (error) => {
    assert.ok(error instanceof InferenceError);
    assert.equal(error.code, 'model-folder');
    assert.match(error.message, expected);
    assert.ok(error.hint);
    return true;
  });
  rmSync(path, { recursive: true, force: true });
};

const edit = (path: string, change: object): void => {
  const card = JSON.parse(readFileSync(join(path, 'model.json'), 'utf8')) as object;
  writeFileSync(join(path, 'model.json'), JSON.stringify({ ...card, ...change }));
};

test('a whole folder is read', async () => {
  const path = writeTinyModel({ pooling: 'cls', scoresMeaningful: true, negative: 1 });
  const model = await loadModelFolder(path);
  assert.deepEqual([model.info.pooling, model.info.negative], ['cls', 1]);
  assert.equal(model.info.scoresMeaningful, true);
  assert.equal(model.info.vocabSize, tinyVocab.length);
  assert.deepEqual(Array.from(model.tokenizer.encode('路1', 16)), [2, 4, 6, 3]);
  rmSync(path, { recursive: true });
});

test('no folder, or a file in its place', async () => {
  await refused(/does not exist/, (path) => rmSync(path, { recursive: true }));
  await refused(/is not a folder/, (path) => {
    rmSync(path, { recursive: true });
    writeFileSync(path, '');
  });
});

test('each missing file by name', async () => {
  for (const name of ['model.json', 'model.onnx', 'vocab.txt']) {
    await refused(new RegExp(`has no ${name}`), (path) => rmSync(join(path, name)));
  }
});

test('a card that is not JSON, and every wrong key of one that is', async () => {
  await refused(/is not JSON/, (path) => writeFileSync(join(path, 'model.json'), '{'));
  await refused(/kind: /, (path) => edit(path, { kind: 'tri-encoder' }));
  await refused(/pooling: .*; labels: partial must not lie above exact/, (path) => edit(path, { pooling: 'max', labels: { partial: 0.9, exact: 0.5 } }));
  await refused(/Unrecognized key: "pooling"/, (path) => edit(path, { kind: 'cross-encoder' }));
  await refused(/sha256: must be 64 lower-case/, (path) => edit(path, { sha256: 'ABC' }));
  await refused(/hidden: /, (path) => edit(path, { hidden: undefined }));
  await refused(/poling/, (path) => edit(path, { poling: 'mean' }));
  await refused(/negative: /, (path) => edit(path, { negative: -1 }));
  await refused(/negative must lie below hidden/, (path) => edit(path, { negative: 1_000_000 }));
});

test('a hash that differs: both hashes are given', async () => {
  await refused(/has sha256 [0-9a-f]{64}, but model.json says [0-9a-f]{64}/, (path) => appendFileSync(join(path, 'model.onnx'), 'x'));
});

test('other weights than fp32: the file, its hash in the card, and the hash itself', async () => {
  const path = writeTinyModel();
  const refusedInt8 = (words: RegExp) => assert.rejects(loadModelFolder(path, 'int8'), (error) => error instanceof InferenceError && words.test(error.message));
  await refusedInt8(/has no model-int8.onnx/);
  copyFileSync(join(path, 'model.onnx'), join(path, 'model-int8.onnx'));
  await refusedInt8(/model.json has no int8Sha256/);
  edit(path, { int8Sha256: '0'.repeat(64) });
  await refusedInt8(/model-int8.onnx has sha256 [0-9a-f]{64}, but model.json says 0{64}/);
  rmSync(path, { recursive: true });
});

test('a vocabulary of another model', async () => {
  await refused(/vocab.txt has sha256 [0-9a-f]{64}, but model.json says 0{64}/, (path) => edit(path, { vocabSha256: '0'.repeat(64) }));
});

test('a vocabulary without [CLS]', async () => {
  await refused(/vocab.txt is unusable: the vocabulary has no \[CLS\]/, (path) => writeFileSync(join(path, 'vocab.txt'), '[UNK]\n[SEP]\n'));
});

test('a vocabulary and a table of other sizes: both are named; a table that is filled up is not refused', async () => {
  const tokens = (count: number): string[] => [...tinyVocab, ...Array.from({ length: count - tinyVocab.length }, (_, at) => `##${String(at)}`)];
  const load = async (vocab: number, rows: number): Promise<string> => {
    const path = writeTinyModel({}, tokens(vocab), rows);
    try {
      return `${String((await loadModelFolder(path)).info.vocabSize)} tokens`;
    } catch (error) {
      assert.ok(error instanceof InferenceError && error.code === 'model-folder' && error.hint === 'Put the vocab.txt there that the model was trained with.');
      return error.message;
    } finally {
      rmSync(path, { recursive: true });
    }
  };
  const misfit = (vocab: number, rows: number): string => `vocab.txt has ${String(vocab)} tokens, but the table of model.onnx has ${String(rows)} rows: the two do not belong together`;
  assert.equal(await load(9, 8), misfit(9, 8));
  assert.equal(await load(8, 129), misfit(8, 129));
  assert.equal(await load(128, 130), misfit(128, 130));
  for (const [vocab, rows] of [[8, 8], [8, 128], [129, 256], [130, 136]] as const) assert.equal(await load(vocab, rows), `${String(vocab)} tokens`);
});

test('a line that stands twice is a row of the table all the same', async () => {
  const path = writeTinyModel({}, [...tinyVocab.slice(0, 6), '路', '1']);
  const { info, tokenizer } = await loadModelFolder(path);
  assert.equal(info.vocabSize, 8);
  assert.deepEqual(Array.from(tokenizer.encode('路1', 16)), [2, 6, 7, 3]);
  rmSync(path, { recursive: true });
});

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
